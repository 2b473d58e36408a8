package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.hearthnet.genesis.spec.SpecJson;
import org.junit.jupiter.api.Test;

class SimGossipCommandTest {
    private static int run(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "sim";
        arguments[1] = "gossip";
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
            code = run("--seeds", "3..4", "--peers", "30", "--messages", "5", "--attack", "invalid", "--json");
        } finally {
            System.setOut(before);
        }
        JsonNode document = SpecJson.mapper().readTree(bytes.toString(StandardCharsets.UTF_8));
        assertEquals(ExitCode.DONE, code);
        assertEquals(2, document.get("runs").size());
        JsonNode second = document.get("runs").get(1);
        assertEquals(4, second.get("seed").asInt());
        assertEquals(5, second.get("messages").asInt());
        assertTrue(second.get("inTimePercent").asDouble() >= 99);
        assertEquals(0, document.get("failedSeeds").size());
    }

    @Test
    void nonsenseIsRefused() {
        assertEquals(ExitCode.USAGE, run("--seeds", "9..3"));
        assertEquals(ExitCode.USAGE, run("--attack", "politeness"));
        assertEquals(ExitCode.USAGE, run("--peers", "3"));
        assertEquals(ExitCode.USAGE, run("--messages", "0"));
    }
}
