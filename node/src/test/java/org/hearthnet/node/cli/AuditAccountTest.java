package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.node.app.GenesisDraft;
import org.hearthnet.node.app.LedgerStart;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.app.NodeOptions;
import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.pipeline.TestKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit account} against a real node. */
@Timeout(120)
class AuditAccountTest {
    @TempDir
    Path directory;

    private final KeyPair member = TestKeys.key(61);
    private final KeyPair rich = TestKeys.key(62);

    @BeforeEach
    void network() throws Exception {
        KeyFile.create(directory.resolve("node"), member);
        var parameters = NetworkPreset.with(NetworkPreset.demo(), Map.of("blockIntervalMs", "20", "epochBlocks", "8"));
        ChainSpec spec = new GenesisDraft("light", true, Committee.single(member), parameters)
                .account("rich", rich.id(), Amount.credits(7))
                .faucet(Optional.empty())
                .build(System.currentTimeMillis());
        SpecJson.write(genesis(), spec);
    }

    private Path genesis() {
        return directory.resolve("genesis.json");
    }

    /** Blocks come so fast here that on a busy machine the usual history would be gone before a question about it is answered. */
    private NodeOptions options() {
        return new NodeOptions(
                directory.resolve("node"),
                Optional.of(genesis()),
                List.of(NodeOptions.DEFAULT_LISTEN),
                List.of(),
                Retention.ARCHIVE,
                LedgerStart.FULL,
                false);
    }

    private CommandRun audit(String... arguments) throws Exception {
        return CommandRun.of(Stream.concat(
                        Stream.of("audit", "account"),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--genesis", genesis().toString(), "--json")))
                .toArray(String[]::new));
    }

    @Test
    void anAccountIsProvenByANodeThatNobodyTrusts() throws Exception {
        try (NodeRuntime node = NodeRuntime.open(options())) {
            while (node.chain().height() < 40) {
                Thread.sleep(20);
            }
            String address = node.addresses().getFirst();
            CommandRun proven = audit("rich", "--from", address);
            assertEquals(ExitCode.DONE, proven.code(), proven::toString);
            assertTrue(proven.document().path("exists").asBoolean());
            assertEquals(
                    Amount.credits(7).sparks(),
                    proven.document().at("/record/balance").asLong());
            assertTrue(proven.document().path("steps").asInt() > 0, "over several epochs");
            CommandRun absent = audit("ab".repeat(32), "--from", address);
            assertEquals(ExitCode.DONE, absent.code(), absent::toString);
            assertFalse(absent.document().path("exists").asBoolean());
            String recent = node.chain().block(39).orElseThrow().hash().toHex();
            CommandRun trusting = audit("rich", "--from", address, "--checkpoint", recent);
            assertEquals(ExitCode.DONE, trusting.code(), trusting::toString);
            CommandRun unknown = audit("rich", "--from", address, "--checkpoint", "ab".repeat(32));
            assertEquals(ExitCode.CHECK_FAILED, unknown.code());
            assertFalse(unknown.document().path("ok").asBoolean());
        }
    }

    @Test
    void whatCannotBeAskedIsSaid() throws Exception {
        String nobody = "/ip4/127.0.0.1/tcp/1/p2p/12D3KooWKou9YwTkBioqij3C3NvUyMaMEDJaDsfhDAXvdU8qewtd";
        for (List<String> wrong :
                List.of(List.of("rich", "--from", "x"), List.of("rich", "--from", "/ip4/1.2.3.4/tcp/1"))) {
            assertEquals(ExitCode.USAGE, audit(wrong.toArray(String[]::new)).code());
        }
        assertEquals(ExitCode.UNAVAILABLE, audit("rich", "--from", nobody).code());
    }
}
