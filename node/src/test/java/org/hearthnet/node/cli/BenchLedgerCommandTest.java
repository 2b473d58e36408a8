package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hearthnet.ledger.tree.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench of the ledger, small, and the option that says how much of the tree is kept. */
class BenchLedgerCommandTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void itMeasuresAndLeavesNothingBehind() throws IOException {
        CommandRun run = CommandRun.of(
                "bench",
                "ledger",
                "--accounts",
                "500",
                "--transactions",
                "2500",
                "--directory",
                directory.toString(),
                "--json");
        assertEquals(ExitCode.DONE, run.code(), run.errors());
        JsonNode result = run.document();
        assertEquals(500, result.path("accounts").asInt());
        assertEquals(4000, result.path("transactions").asInt(), "whole blocks");
        double parts = 0;
        for (String part : new String[] {"signaturesMs", "executionMs", "treeMs", "headerMs", "storeMs"}) {
            assertTrue(result.path(part).asDouble() > 0, part);
            parts += result.path(part).asDouble();
        }
        assertEquals(result.path("blockMs").asDouble(), parts, 0.01);
        assertTrue(result.path("proofWorstBytes").asInt() < 4096);
        assertTrue(result.path("accountDiskBytes").asInt() > 100);
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void historyIsANumberOrArchive() {
        assertEquals(Retention.ARCHIVE, JoinOptions.retention("archive"));
        assertEquals(new Retention(7), JoinOptions.retention("7"));
        for (String wrong : new String[] {"-1", "all", "", "99999999999"}) {
            assertThrows(CommandException.class, () -> JoinOptions.retention(wrong));
        }
    }
}
