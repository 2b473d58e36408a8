package org.hearthnet.node.plan.article;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.plan.catalog.PlanJson;
import org.junit.jupiter.api.Test;

/** The article's figures come out of the cost model. */
class ArticleFiguresTest {
    private static final double TOLERANCE_PERCENT = 5;
    private static final int LISTED = 28;
    private static final double CHANGE = 1.5;

    /** The article gives these and computes nothing from them; it knows of grouped heads nowhere. */
    private static final Set<String> NOT_COUNTED_WITH = Set.of(
            "/devices/a100/bothWaysGigabytesPerSecond",
            "/devices/a100/microseconds",
            "/devices/a100/usdHigh",
            "/devices/rtx4090/usdHigh",
            "/model/keyValueHeads");

    private static final List<Figure> FIGURES = ArticleFigures.of(ArticleInputs.published());

    @Test
    void everyFigureAgreesWithinFivePercentOrIsExplained() {
        for (Figure f : FIGURES) {
            assertTrue(
                    f.differencePercent() <= TOLERANCE_PERCENT || !f.note().isEmpty(),
                    () -> f.id() + " " + f.quantity() + ": computed " + f.computed() + ", published " + f.published());
        }
    }

    @Test
    void theListIsWhole() {
        List<String> ids = FIGURES.stream()
                .map(Figure::id)
                .filter(id -> id.startsWith("A"))
                .toList();
        List<String> wanted = new ArrayList<>();
        for (int i = 1; i <= LISTED; i++) {
            wanted.add("A%02d".formatted(i));
        }
        assertEquals(wanted, ids);
    }

    /** The remarks that the article's readers need most. */
    @Test
    void whereTheArticleContradictsItselfItIsSaid() {
        Map<String, String> said = Map.of(
                "A07", "GiB",
                "T05", "8",
                "T14", "16 KB on 1 Gbit/s",
                "T19", "2.1",
                "T01", "704",
                "T98", "one direction",
                "A25", "each of 4 cards");
        said.forEach((id, text) -> assertTrue(figure(FIGURES, id).note().contains(text), id));
    }

    /** Only these, of the list, may differ by more than the tolerance: the rest really agrees. */
    @Test
    void fewOfTheListNeedARemark() {
        Set<String> off = new HashSet<>();
        for (Figure f : FIGURES) {
            if (f.id().startsWith("A") && f.differencePercent() > TOLERANCE_PERCENT + 1e-9) {
                off.add(f.id());
            }
        }
        assertEquals(Set.of("A07"), off);
    }

    @Test
    void noResultIsALiteralAndInputsCount() throws IOException {
        JsonNode inputs = SpecJson.mapper().readTree(PlanJson.bytes(ArticleInputs.class, "inputs.json"));
        Set<String> moved = new HashSet<>();
        List<String> unused = new ArrayList<>();
        for (String pointer : numbers(inputs, "")) {
            Set<String> changed = changedBy(inputs, pointer);
            if (changed.isEmpty()) {
                unused.add(pointer);
            }
            moved.addAll(changed);
        }
        Set<String> literal = new HashSet<>();
        FIGURES.forEach(f -> literal.add(f.id()));
        literal.removeAll(moved);
        assertEquals(Set.of(), literal, "figures that no input changes");
        assertEquals(NOT_COUNTED_WITH, Set.copyOf(unused), "inputs that change nothing");
    }

    private static Set<String> changedBy(JsonNode inputs, String pointer) throws IOException {
        JsonNode copy = inputs.deepCopy();
        int cut = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) copy.at(pointer.substring(0, cut));
        String name = pointer.substring(cut + 1);
        JsonNode old = parent.get(name);
        if (old.isInt()) {
            parent.put(name, old.asInt() * 2);
        } else {
            parent.put(name, old.asDouble() * CHANGE);
        }
        byte[] json = SpecJson.mapper().writeValueAsBytes(copy);
        Map<String, List<Double>> before = new HashMap<>();
        FIGURES.forEach(f -> before.put(f.id(), f.computed()));
        Set<String> out = new HashSet<>();
        for (Figure f : ArticleFigures.of(ArticleInputs.parse("changed", json))) {
            if (!f.computed().equals(before.get(f.id()))) {
                out.add(f.id());
            }
        }
        return out;
    }

    private static List<String> numbers(JsonNode node, String pointer) {
        if (node.isNumber()) {
            return List.of(pointer);
        }
        List<String> out = new ArrayList<>();
        node.properties().forEach(f -> out.addAll(numbers(f.getValue(), pointer + "/" + f.getKey())));
        return out;
    }

    @Test
    void resultsSayHowTheyAreComputed() {
        for (Figure f : FIGURES) {
            assertFalse(f.formula().isBlank(), f.id());
            assertEquals(List.of("A01", "A02", "A03", "A04", "A05", "A06").contains(f.id()), f.input(), f.id());
        }
    }

    private static Figure figure(List<Figure> figures, String id) {
        return figures.stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
    }
}
