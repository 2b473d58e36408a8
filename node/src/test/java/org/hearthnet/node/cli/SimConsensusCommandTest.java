package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimConsensusCommandTest {
    private static CommandRun run(String... more) {
        return CommandRun.of(
                Stream.concat(Stream.of("sim", "consensus"), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void programsGetOneDocument() throws IOException {
        CommandRun run = run("--seeds", "3..7", "--json");
        assertEquals(ExitCode.DONE, run.code());
        JsonNode document = run.document();
        assertEquals(5, document.get("runs").asInt());
        assertEquals(0, document.get("safetyViolations").asInt());
        assertEquals(0, document.get("livenessFailures").asInt());
        assertEquals(0, document.get("failedSeeds").size());
    }

    @Test
    void seedsThatAreNoRangeAreRefused() {
        for (String seeds : new String[] {"x", "9..3", "-1..4", "1..", "1..2..3"}) {
            assertEquals(ExitCode.USAGE, run("--seeds", seeds).code(), seeds);
        }
        assertEquals(ExitCode.DONE, run("--seeds", "4").code(), "one seed");
    }
}
