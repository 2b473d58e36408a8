package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SeatKeys;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.node.local.KeyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenesisCommandTest {
    private static final KeyPair MEMBER = KeyPair.fromSeed(new byte[32]);
    private static final String P = Committee.Seat.of(MEMBER, 1).text();
    private static final String V = "22".repeat(32);
    private static final String A = "33".repeat(32);

    @TempDir
    Path directory;

    private Path out() {
        return directory.resolve("genesis.json");
    }

    private int create(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("genesis", "new", "--out", out().toString(), "--name", "test", "--demo", "--member", P));
        arguments.addAll(List.of(more));
        return HearthCommand.run(arguments.toArray(String[]::new));
    }

    @Test
    void a_network_is_made_that_a_ledger_can_start_from() throws IOException {
        int code =
                create("--veteran", "vera=" + V + ":5", "--account", "alice=" + A + ":7.5", "--set", "epochBlocks=9");
        assertEquals(ExitCode.DONE, code);
        ChainSpec spec = SpecJson.read(out());
        assertEquals(9, spec.parameters().epochBlocks());
        assertEquals(1, spec.models().size());
        try (Chain chain = Chain.open(spec, new MemoryStore())) {
            var vera = chain.read(v -> v.account(spec.allocations().getFirst().account()));
            assertEquals(Amount.credits(5), vera.balance());
            assertEquals("VETERAN", vera.role(spec.parameters()).name());
        }
        assertEquals(ExitCode.DONE, HearthCommand.run(new String[] {"genesis", "show", out().toString()}));
        assertEquals(ExitCode.USAGE, create(), "a network is never overwritten");
    }

    @Test
    void what_makes_no_sense_is_refused_and_nothing_is_written() {
        String[][] wrong = {
            {"--veteran", "vera"},
            {"--veteran", "vera=" + V + ":1:1"},
            {"--veteran", "vera=" + V + ":1:40:2"},
            {"--account", "alice=" + A},
            {"--account", "alice=xyz:1"},
            {"--account", "alice=" + A + ":-1"},
            {"--account", "a b=" + A + ":1"},
            {"--account", "alice=" + A + ":1", "--account", "bob=" + A + ":1"},
            {"--account", "faucet=" + A + ":1"},
            {"--set", "faucetGrant=0", "--faucet", "5"},
            {"--member", A},
            {"--member", A + ":02"},
            {"--member", A + ":02" + "ff".repeat(32)},
            {"--member", P},
            {"--set", "nothing=1"},
            {"--set", "epochBlocks=0"},
        };
        for (String[] arguments : wrong) {
            assertEquals(ExitCode.USAGE, create(arguments), String.join(" ", arguments));
            assertFalse(Files.exists(out()));
        }
        assertEquals(
                ExitCode.UNAVAILABLE,
                create("--model", directory.resolve("none.gguf").toString()));
        assertEquals(ExitCode.UNAVAILABLE, HearthCommand.run(new String[] {"genesis", "show", out().toString()}));
    }

    @Test
    void a_member_can_bring_a_vote_key_of_its_own() throws IOException {
        Path data = directory.resolve("member");
        assertEquals(
                ExitCode.DONE, HearthCommand.run(new String[] {"key", "new", "--vote-key", "--data", data.toString()}));
        KeyPair key = KeyFile.read(data);
        byte[] seed = Arrays.copyOf(Files.readAllBytes(data.resolve("votes/keys")), 32);
        KeyPair vote = KeyPair.fromSeed(seed);
        Committee.Seat seat = Committee.Seat.of(key, 1).withKeys(SeatKeys.of(key, vote));
        assertEquals(ExitCode.DONE, create("--member", seat.text()));
        assertEquals(
                vote.id(),
                SpecJson.read(out()).committee().find(key.id()).orElseThrow().vote());
    }

    @Test
    void commands_without_a_node_or_a_store_say_what_to_start() throws IOException {
        String data = directory.resolve("d").toString();
        for (String[] command : new String[][] {
            {"status", "--data", data},
            {"peers", "--data", data},
            {"account", "faucet", "--data", data},
            {"account", "show", "--data", data},
            {"ledger", "show", "block", "1", "--data", data},
            {"ledger", "show", "committee", "1", "--data", data},
            {"node", "--data", data},
        }) {
            assertEquals(ExitCode.UNAVAILABLE, HearthCommand.run(command), String.join(" ", command));
        }
        assertEquals(ExitCode.USAGE, HearthCommand.run(new String[] {"audit", "account", A, "--from", "x"}));
        assertEquals(ExitCode.USAGE, HearthCommand.run(new String[] {"ledger", "show", "block", "--data", data}));
        assertTrue(Files.notExists(Path.of(data)));
    }
}
