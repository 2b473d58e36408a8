package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthnet.genesis.spec.SpecJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The planner's commands: documents, exit codes and sentences. */
class PlanCommandTest {
    @TempDir
    private Path directory;

    private record Outcome(int code, String out, String errors) {
        JsonNode json() throws IOException {
            return SpecJson.mapper().readTree(out);
        }
    }

    private static Outcome run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var outBytes = new ByteArrayOutputStream();
        var errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int code = HearthCommand.run(arguments);
            return new Outcome(
                    code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static void refused(int code, String why, String... arguments) {
        Outcome o = run(arguments);
        assertEquals(code, o.code(), o.errors());
        assertTrue(o.errors().contains(why), o.errors());
    }

    @Test
    void articleHasTheFormOfTheContract() throws IOException {
        Outcome o = run("plan", "article", "--json");
        assertEquals(ExitCode.DONE, o.code());
        JsonNode figures = o.json().path("figures");
        assertTrue(figures.size() > 28);
        for (JsonNode f : figures) {
            assertTrue(f.path("id").isTextual() && f.path("note").isTextual());
            assertTrue(f.path("withinPercent").isNumber());
            assertEquals(f.path("published").isArray(), f.path("computed").isArray());
            assertTrue(f.path("computed").isNumber() || f.path("computed").size() > 1);
        }
        assertEquals(17.5, figures.get(8).path("computed").asDouble());
    }

    @Test
    void otherInputsGiveOtherFigures() throws IOException {
        String inputs = run("plan", "article", "--show-inputs").out();
        Path file = directory.resolve("inputs.json");
        Files.writeString(file, inputs.replaceFirst("\"billionParameters\" : 70.0", "\"billionParameters\" : 35.0"));
        Outcome o = run("plan", "article", "--json", "--inputs", file.toString());
        assertEquals(ExitCode.DONE, o.code());
        assertEquals(8.75, o.json().path("figures").get(8).path("computed").asDouble());
    }

    @Test
    void oneConfiguration() throws IOException {
        Outcome o = run("plan", "--count", "8", "--network", "10g", "--batch", "2", "--json");
        assertEquals(ExitCode.DONE, o.code(), o.errors());
        JsonNode plan = o.json();
        assertEquals(8, plan.path("stages").size());
        assertTrue(plan.path("fits").asBoolean());
        assertTrue(plan.path("tokensPerSecondOfOne").asDouble() > 5);
        assertEquals("memory bandwidth", plan.path("limit").asText());
        assertTrue(run("plan", "--count", "8", "--network", "10g").out().contains("limit         memory bandwidth"));
    }

    @Test
    void stagesThatDiffer() throws IOException {
        JsonNode plan = run("plan", "--stage", "m2-ultra:60", "--stage", "2xrtx-3090:20", "--json")
                .json();
        assertEquals(2, plan.path("stages").get(1).path("devices").asInt());
        assertEquals(60, plan.path("stages").get(0).path("layers").asInt());
    }

    @Test
    void badInputGetsASentence() {
        refused(ExitCode.USAGE, "Known: rtx-3090", "plan", "--device", "abacus");
        refused(ExitCode.USAGE, "there is no model 'gpt-0'", "plan", "--model", "gpt-0");
        refused(ExitCode.USAGE, "at least one layer", "plan", "--stage", "rtx-4090:0");
        refused(ExitCode.USAGE, "40 layers together", "plan", "--stage", "rtx-4090:40");
        refused(ExitCode.USAGE, "--batch", "plan", "--batch", "many");
        refused(ExitCode.USAGE, "at least one sequence", "plan", "--batch", "0");
        refused(ExitCode.USAGE, "was made for 4096", "plan", "--context", "9999");
        refused(ExitCode.CHECK_FAILED, "It would fit on 7 of them", "plan", "--count", "2");
        refused(ExitCode.CHECK_FAILED, "would fit", "plan", "--count", "8", "--batch", "100");
        refused(ExitCode.CHECK_FAILED, "what limits it", "plan", "--count", "8", "--min-speed", "100");
        refused(ExitCode.USAGE, "It would fit on 7 of them", "plan", "search", "--count", "3");
        refused(ExitCode.UNAVAILABLE, "there is no file", "plan", "--hardware", "none.json");
        refused(ExitCode.USAGE, "--data", "plan", "earnings");
    }

    @Test
    void searchWritesTableAndPicture() throws IOException {
        Path csv = directory.resolve("a.csv");
        Path svg = directory.resolve("a.svg");
        Outcome o = run(
                "plan", "search", "--counting", "article", "--json", "--csv", csv.toString(), "--svg", svg.toString());
        assertEquals(ExitCode.DONE, o.code(), o.errors());
        assertEquals(3, o.json().path("articleDesigns").size());
        assertTrue(o.json().path("front").size() > 3);
        assertEquals(
                o.json().path("answers").asInt() + 1, Files.readAllLines(csv).size());
        assertTrue(Files.readString(svg).startsWith("<svg"));
    }

    @Test
    void trainingSaysWhyNot() throws IOException {
        JsonNode cards = run("plan", "training", "--json").json();
        assertTrue(cards.path("tensorLimit").asDouble() < 3);
        assertTrue(run("plan", "training").out().contains("Not on GeForce RTX 4090"));
        assertTrue(run("plan", "training", "--device", "h100").out().contains("made for this"));
        assertTrue(run("plan", "training", "--model", "llama-2-7b", "--device", "h200")
                .out()
                .contains("H200"));
    }

    @Test
    void measurementsReplaceFigures() throws IOException {
        Path file = directory.resolve("m.json");
        Files.writeString(
                file,
                "{\"inference\": {\"model\": \"m\", \"gigabytesPerSecond\": 504, \"prefillTokensPerSecond\": 1000,"
                        + " \"decodeTokensPerSecondBatch16\": 10}, \"links\": [{\"name\": \"l\", \"gigabits\": 10,"
                        + " \"messageMicroseconds\": 250}]}");
        String[] paper = {"plan", "--count", "8", "--network", "10g", "--json"};
        String[] measured = {"plan", "--count", "8", "--network", "10g", "--json", "--measured", file.toString()};
        double half = run(measured).json().path("computeMilliseconds").asDouble();
        assertEquals(2 * run(paper).json().path("computeMilliseconds").asDouble(), half, half * 1e-9);
    }
}
