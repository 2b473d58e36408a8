package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimGossipCommandTest {
    private static CommandRun run(String... more) {
        return CommandRun.of(
                Stream.concat(Stream.of("sim", "gossip"), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void programsGetOneDocument() throws IOException {
        CommandRun run = run("--seeds", "3..4", "--peers", "30", "--messages", "5", "--attack", "invalid", "--json");
        assertEquals(ExitCode.DONE, run.code());
        JsonNode document = run.document();
        assertEquals(2, document.get("runs").size());
        JsonNode second = document.get("runs").get(1);
        assertEquals(4, second.get("seed").asInt());
        assertEquals(5, second.get("messages").asInt());
        assertTrue(second.get("inTimePercent").asDouble() >= 99);
        assertEquals(0, document.get("failedSeeds").size());
    }

    @Test
    void nonsenseIsRefused() {
        assertEquals(ExitCode.USAGE, run("--seeds", "9..3").code());
        assertEquals(ExitCode.USAGE, run("--attack", "politeness").code());
        assertEquals(ExitCode.USAGE, run("--peers", "3").code());
        assertEquals(ExitCode.USAGE, run("--messages", "0").code());
    }
}
