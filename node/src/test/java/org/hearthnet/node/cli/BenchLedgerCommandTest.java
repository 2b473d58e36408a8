package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.tree.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench of the ledger, small, and the option that says how much of the tree is kept. */
class BenchLedgerCommandTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void itMeasuresAndLeavesNothingBehind() throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int code;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            code = new CommandLine(new BenchLedgerCommand())
                    .execute(
                            "--accounts",
                            "500",
                            "--transactions",
                            "2500",
                            "--directory",
                            directory.toString(),
                            "--json");
        } finally {
            System.setOut(before);
        }
        assertEquals(ExitCode.DONE, code);
        JsonNode result = SpecJson.mapper().readTree(printed.toString(StandardCharsets.UTF_8));
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
