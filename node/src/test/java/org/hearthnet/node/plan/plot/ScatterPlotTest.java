package org.hearthnet.node.plan.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hearthnet.node.plan.plot.ScatterPlot.Point;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ScatterPlotTest {
    @Test
    void itIsAPictureWithEveryPoint() throws Exception {
        String svg = new ScatterPlot("a < b & c", "x", "y")
                .with("some", "#000000", 2, false, List.of(new Point(10, 1), new Point(1000, 0.01)))
                .with("front", "#ff0000", 2, true, List.of(new Point(20, 0.5)))
                .svg();
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        int legend = 2;
        assertEquals(3 + legend, document.getElementsByTagName("circle").getLength());
        assertTrue(svg.contains("a &lt; b &amp; c"));
    }

    @Test
    void decadesAreEquallyFarApart() {
        Axis axis = new Axis("x", 1, 1000, 0, 300);
        assertEquals(100, axis.place(10), 1e-9);
        assertEquals(200, axis.place(100), 1e-9);
        assertEquals(List.of(1.0, 2.0, 5.0, 10.0), axis.ticks().subList(0, 4));
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        ScatterPlot empty = new ScatterPlot("t", "x", "y");
        assertThrows(IllegalArgumentException.class, empty::svg);
        ScatterPlot zero = new ScatterPlot("t", "x", "y").with("s", "#000000", 1, false, List.of(new Point(0, 1)));
        assertThrows(IllegalArgumentException.class, zero::svg);
        List<Point> many = Collections.nCopies(ScatterPlot.MAX_POINTS + 1, new Point(1, 1));
        assertThrows(IllegalArgumentException.class, () -> empty.with("s", "#000000", 1, false, many));
    }
}
