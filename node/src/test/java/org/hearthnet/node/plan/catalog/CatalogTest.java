package org.hearthnet.node.plan.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.node.pipeline.text.DefaultModelFile;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.PlanException;
import org.junit.jupiter.api.Test;

/** The lists, people's own entries, and measurements. */
class CatalogTest {
    private static final String OWN = """
            {"devices": [{"id": "my-card", "name": "My card", "teraflops": 10, "gigabytes": 8, "gigabytesPerSecond": 100,
              "busGigabytesPerSecond": 16, "busMicroseconds": 20, "usd": 200, "watts": 100,
              "sources": {"teraflops": "s", "memory": "s", "bus": "s", "usd": "s", "watts": "s"}}]}
            """;

    @Test
    void theListHasWhatItShould() {
        Catalog catalog = Catalog.builtIn();
        for (String id : List.of(
                "rtx-3090",
                "rtx-4090",
                "rtx-5090",
                "a10",
                "a40",
                "a100",
                "h100",
                "h200",
                "rx-7900-xtx",
                "m2-ultra",
                "ryzen-7950x")) {
            assertTrue(catalog.devices().containsKey(id), id);
        }
    }

    /** Published sizes, in billions. */
    @Test
    void modelsHaveTheSizesOfTheirNames() {
        Catalog catalog = Catalog.builtIn();
        assertEquals(68.98e9, catalog.model("llama-2-70b").parameters(), 0.05e9);
        assertEquals(6.74e9, catalog.model("llama-2-7b").parameters(), 0.02e9);
        assertEquals(8.03e9, catalog.model("llama-3-8b").parameters(), 0.02e9);
        assertEquals(70.55e9, catalog.model("llama-3-70b").parameters(), 0.05e9);
        assertEquals(405.8e9, catalog.model("llama-3.1-405b").parameters(), 1e9);
        assertEquals(7.24e9, catalog.model("mistral-7b").parameters(), 0.02e9);
        assertEquals(7.62e9, catalog.model("qwen-2.5-7b").parameters(), 0.02e9);
        assertEquals(32.76e9, catalog.model("qwen-3-32b").parameters(), 0.2e9);
    }

    @Test
    void anUnknownDeviceIsRefusedWithTheKnownOnes() {
        PlanException e =
                assertThrows(PlanException.class, () -> Catalog.builtIn().device("rtx-9999"));
        assertTrue(String.valueOf(e.getMessage()).contains("rtx-4090"), e.getMessage());
    }

    @Test
    void ownHardwareIsAdded() {
        Catalog catalog = Catalog.builtIn().with("own.json", OWN.getBytes(StandardCharsets.UTF_8));
        assertEquals(8e9, catalog.device("My-Card").memoryBytes());
        assertEquals(24e9, catalog.device("rtx-4090").memoryBytes());
    }

    @Test
    void aFigureWithoutItsSourceIsRefused() {
        refused(OWN.replace("\"usd\": \"s\"", "\"usd\": \"\""), "where \"usd\" is from");
        refused(OWN.replace("\"gigabytes\": 8", "\"gigabytes\": 0"), "memory must be more than zero");
        refused(OWN.replace("\"gigabytes\": 8", "\"gigabytes\": \"many\""), "line 1");
        refused(OWN.replace("teraflops\": 10", "teraflops\": 10, \"colour\": 3"), "colour");
        refused("{", "own.json");
        refused(" ".repeat(PlanJson.MAX_BYTES + 1), "limit");
    }

    private static void refused(String json, String why) {
        PlanException e = assertThrows(
                PlanException.class,
                () -> Catalog.builtIn()
                        .with("own.json", json.getBytes(StandardCharsets.UTF_8))
                        .device("my-card"));
        assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    }

    /** The file's bytes are its tensors and a header: within a tenth. */
    @Test
    void aFileAndItsShapeAgree() throws IOException {
        try (GgufFile file = GgufFile.open(DefaultModelFile.path())) {
            ModelShape shape = TensorShapes.of("tales", file);
            assertTrue(shape.weightBytes() < file.bytes() && shape.weightBytes() > 0.9 * file.bytes());
            assertTrue(shape.layers() > 1 && shape.outputWeights() > 0);
        }
    }

    @Test
    void measurementsReplaceFiguresOnPaper() {
        String json = """
                {"model": "m", "backend": "vector", "gigabytesPerSecond": 20.0, "prefillTokensPerSecond": 50.0,
                 "decodeTokensPerSecondBatch16": 40.0, "somethingElse": [1]}
                """;
        ModelShape shape = Catalog.builtIn().model("llama-2-7b");
        Device paper = Catalog.builtIn().device("ryzen-7950x");
        Device measured =
                Measured.parse("m.json", json.getBytes(StandardCharsets.UTF_8)).device(paper, shape);
        assertEquals(20e9, measured.memoryBytesPerSecond());
        assertEquals(50 * 2 * (shape.parameters() - shape.inputWeights()), measured.operationsPerSecond());
        assertEquals(paper.memoryBytes(), measured.memoryBytes());
        assertEquals(paper.usd(), measured.usd());
    }

    @Test
    void measuredLinksAreReadAndNothingIsRefused() {
        byte[] json = "{\"links\": [{\"name\": \"home\", \"gigabits\": 0.1, \"messageMicroseconds\": 500}]}"
                .getBytes(StandardCharsets.UTF_8);
        var link = Measured.parse("m.json", json).link().orElseThrow();
        assertEquals(12.5e6, link.bytesPerSecond(), 1);
        assertEquals(500e-6, link.messageSeconds(), 1e-12);
        PlanException e = assertThrows(
                PlanException.class, () -> Measured.parse("m.json", "{}".getBytes(StandardCharsets.UTF_8)));
        assertTrue(String.valueOf(e.getMessage()).contains("bench inference"), e.getMessage());
    }
}
