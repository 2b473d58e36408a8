package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimEconomyCommandTest {
    @TempDir
    private Path directory;

    private static JsonNode document(String... arguments) throws IOException {
        return CommandRun.of(arguments).document();
    }

    @Test
    void programsGetOneDocumentAndPeopleAPage() throws IOException {
        Path page = directory.resolve("economy.html");
        JsonNode document = document(
                "sim",
                "economy",
                "--seed",
                "4",
                "--nodes",
                "200",
                "--epochs",
                "3",
                "--lives",
                "10",
                "--json",
                "--out",
                page.toString());
        assertEquals(4, document.get("seed").asLong());
        assertEquals(0, document.get("honestBondsLost").asInt());
        assertEquals(22, document.get("strategies").size());
        for (JsonNode strategy : document.get("strategies")) {
            for (String field : new String[] {"gain", "gainLow", "gainHigh", "honestGain", "detectedAfterReceipts"}) {
                assertTrue(strategy.get(field).isNumber(), strategy + " has no " + field);
            }
        }
        String html = Files.readString(page);
        assertTrue(html.contains("<svg") && html.contains("beacon re-roller"));
    }

    @Test
    void sizesThatMakeNoNetworkAreRefused() {
        assertEquals(ExitCode.USAGE, HearthCommand.run(new String[] {"sim", "economy", "--nodes", "10"}));
        assertEquals(ExitCode.USAGE, HearthCommand.run(new String[] {"sim", "economy", "--lives", "1"}));
    }
}
