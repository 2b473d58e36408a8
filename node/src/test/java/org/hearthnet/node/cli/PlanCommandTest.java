package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The planner's commands: documents, exit codes and sentences. */
class PlanCommandTest {
    @TempDir
    private Path directory;

    private static void refused(int code, String why, String... arguments) {
        CommandRun o = CommandRun.of(arguments);
        assertEquals(code, o.code(), o.errors());
        assertTrue(o.errors().contains(why), o.errors());
    }

    @Test
    void articleHasTheFormOfTheContract() throws IOException {
        CommandRun o = CommandRun.of("plan", "article", "--json");
        assertEquals(ExitCode.DONE, o.code());
        JsonNode figures = o.document().path("figures");
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
        String inputs = CommandRun.of("plan", "article", "--show-inputs").output();
        Path file = directory.resolve("inputs.json");
        Files.writeString(file, inputs.replaceFirst("\"billionParameters\" : 70.0", "\"billionParameters\" : 35.0"));
        CommandRun o = CommandRun.of("plan", "article", "--json", "--inputs", file.toString());
        assertEquals(ExitCode.DONE, o.code());
        assertEquals(8.75, o.document().path("figures").get(8).path("computed").asDouble());
    }

    @Test
    void oneConfiguration() throws IOException {
        CommandRun o = CommandRun.of("plan", "--count", "8", "--network", "10g", "--batch", "2", "--json");
        assertEquals(ExitCode.DONE, o.code(), o.errors());
        JsonNode plan = o.document();
        assertEquals(8, plan.path("stages").size());
        assertTrue(plan.path("fits").asBoolean());
        assertTrue(plan.path("tokensPerSecondOfOne").asDouble() > 5);
        assertEquals("memory bandwidth", plan.path("limit").asText());
        assertTrue(CommandRun.of("plan", "--count", "8", "--network", "10g")
                .output()
                .contains("limit         memory bandwidth"));
    }

    @Test
    void stagesThatDiffer() throws IOException {
        JsonNode plan = CommandRun.of("plan", "--stage", "m2-ultra:60", "--stage", "2xrtx-3090:20", "--json")
                .document();
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
        CommandRun o = CommandRun.of(
                "plan", "search", "--counting", "article", "--json", "--csv", csv.toString(), "--svg", svg.toString());
        assertEquals(ExitCode.DONE, o.code(), o.errors());
        assertEquals(3, o.document().path("articleDesigns").size());
        assertTrue(o.document().path("front").size() > 3);
        assertEquals(
                o.document().path("answers").asInt() + 1,
                Files.readAllLines(csv).size());
        assertTrue(Files.readString(svg).startsWith("<svg"));
    }

    @Test
    void trainingSaysWhyNot() throws IOException {
        JsonNode cards = CommandRun.of("plan", "training", "--json").document();
        assertTrue(cards.path("tensorLimit").asDouble() < 3);
        assertTrue(CommandRun.of("plan", "training").output().contains("Not on GeForce RTX 4090"));
        assertTrue(
                CommandRun.of("plan", "training", "--device", "h100").output().contains("made for this"));
        assertTrue(CommandRun.of("plan", "training", "--model", "llama-2-7b", "--device", "h200")
                .output()
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
        double half =
                CommandRun.of(measured).document().path("computeMilliseconds").asDouble();
        assertEquals(
                2 * CommandRun.of(paper).document().path("computeMilliseconds").asDouble(), half, half * 1e-9);
    }
}
