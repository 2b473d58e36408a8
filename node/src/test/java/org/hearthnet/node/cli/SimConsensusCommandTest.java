package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.hearthnet.genesis.spec.SpecJson;
import org.junit.jupiter.api.Test;

class SimConsensusCommandTest {
    private static int run(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "sim";
        arguments[1] = "consensus";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return HearthCommand.run(arguments);
    }

    @Test
    void programsGetOneDocument() throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int code;
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            code = run("--seeds", "3..7", "--json");
        } finally {
            System.setOut(before);
        }
        JsonNode document = SpecJson.mapper().readTree(bytes.toString(StandardCharsets.UTF_8));
        assertEquals(ExitCode.DONE, code);
        assertEquals(5, document.get("runs").asInt());
        assertEquals(0, document.get("safetyViolations").asInt());
        assertEquals(0, document.get("livenessFailures").asInt());
        assertEquals(0, document.get("failedSeeds").size());
    }

    @Test
    void seedsThatAreNoRangeAreRefused() {
        for (String seeds : new String[] {"x", "9..3", "-1..4", "1..", "1..2..3"}) {
            assertEquals(ExitCode.USAGE, run("--seeds", seeds), seeds);
        }
        assertEquals(ExitCode.DONE, run("--seeds", "4"), "one seed");
    }
}
