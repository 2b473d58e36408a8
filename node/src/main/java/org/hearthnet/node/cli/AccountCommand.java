package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.local.LedgerAccess;
import org.hearthnet.node.local.LocalClient;
import org.hearthnet.node.local.NodeDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth account}: money. What changes something is signed with the key in {@code --data}. */
@Command(name = "account", description = "Show and move credits.", synopsisSubcommandLabel = "COMMAND")
final class AccountCommand {
    /** Blocks in which a transaction must be included. */
    private static final long LIFE_BLOCKS = 100;

    private AccountCommand() {}

    /** What every subcommand needs. */
    static final class Common {
        @Option(names = "--data", required = true, description = "The node's directory.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private Path data;

        @Mixin
        private final Output output = new Output();
    }

    @Command(name = "show", description = "Show an account; the node's own if no id is given.")
    int show(
            @Parameters(arity = "0..1", paramLabel = "ID", description = "The account.") @Nullable String id,
            @Mixin Common common)
            throws IOException {
        String which = id == null ? new NodeDirectory(common.data).key().id().toHex() : id;
        try (LedgerAccess ledger = LedgerAccess.open(common.data)) {
            JsonNode account = ledger.get("account/" + which).orElseThrow();
            common.output.print(account, () -> common.output.fields(account));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    @Command(name = "faucet", description = "Ask a development network's faucet for its grant, once an account.")
    int faucet(@Mixin Common common) throws IOException, InterruptedException {
        return send(new TransactionBody.FaucetClaim(), common);
    }

    @Command(name = "transfer", description = "Send credits to another account.")
    int transfer(
            @Parameters(index = "0", paramLabel = "ID", description = "To whom.") String to,
            @Parameters(index = "1", paramLabel = "CREDITS", description = "How much.") String credits,
            @Mixin Common common)
            throws IOException, InterruptedException {
        return send(new TransactionBody.Transfer(node(to), amount(credits), Bytes.EMPTY), common);
    }

    @Command(name = "escrow", description = "Lock credits for executors: EXECUTOR-ID=CREDITS ...")
    int escrow(
            @Parameters(paramLabel = "ID=CREDITS", arity = "1..*", description = "Caps.") Map<String, String> caps,
            @Option(names = "--blocks", defaultValue = "1000", description = "Blocks until it expires.") long blocks,
            @Mixin Common common)
            throws IOException, InterruptedException {
        List<TransactionBody.Cap> list = new ArrayList<>();
        caps.forEach((id, credits) -> list.add(new TransactionBody.Cap(node(id), amount(credits))));
        long height = height(common);
        return send(new TransactionBody.EscrowOpen(list, height + blocks), common);
    }

    @Command(name = "bond", description = "Stake credits; a veteran needs the network's minimum.")
    int bond(@Parameters(paramLabel = "CREDITS", description = "How much.") String credits, @Mixin Common common)
            throws IOException, InterruptedException {
        return send(new TransactionBody.Bond(amount(credits)), common);
    }

    @Command(name = "unbond", description = "Begin to take back part of the bond.")
    int unbond(@Parameters(paramLabel = "CREDITS", description = "How much.") String credits, @Mixin Common common)
            throws IOException, InterruptedException {
        return send(new TransactionBody.Unbond(amount(credits)), common);
    }

    @Command(name = "withdraw", description = "Move vested fees and matured unbondings into the balance.")
    int withdraw(@Mixin Common common) throws IOException, InterruptedException {
        return send(new TransactionBody.Withdraw(), common);
    }

    private static NodeId node(String hex) {
        try {
            return NodeId.fromHex(hex);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("'" + hex + "' is no account id: 64 hexadecimal digits are needed");
        }
    }

    private static Amount amount(String credits) {
        try {
            return NetworkPreset.credits(credits);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static long height(Common common) throws IOException {
        try (LocalClient client = LocalClient.require(common.data)) {
            return client.get("status").orElseThrow().path("height").asLong();
        }
    }

    /** Signs, sends through the running node, and waits until it is in a block or refused. */
    private static int send(TransactionBody body, Common common) throws IOException, InterruptedException {
        NodeDirectory directory = new NodeDirectory(common.data);
        KeyPair key = directory.key();
        try (LocalClient client = LocalClient.require(common.data)) {
            JsonNode account = client.get("account/" + key.id().toHex()).orElseThrow();
            long height = account.path("height").asLong();
            Transaction transaction =
                    new Transaction(key.id(), account.path("nextNonce").asLong(), height + LIFE_BLOCKS, body);
            SignedTransaction signed = transaction.sign(key, directory.spec().id());
            String id = client.post(
                            "transactions", Map.of("transaction", HexFormat.of().formatHex(signed.encode())))
                    .path("id")
                    .asText();
            common.output.line("transaction %s, waiting for a block", id);
            JsonNode outcome = await(client, id, height + LIFE_BLOCKS);
            common.output.print(outcome, () -> common.output.fields(outcome));
            return outcome.path("state").asText().equals("included") ? ExitCode.DONE : ExitCode.CHECK_FAILED;
        }
    }

    private static JsonNode await(LocalClient client, String id, long expiryHeight) throws IOException {
        while (true) {
            JsonNode outcome = client.get("outcome/" + id).orElseThrow();
            boolean over = client.get("status").orElseThrow().path("height").asLong() > expiryHeight;
            if (!outcome.path("state").asText().equals("waiting") || over) {
                return outcome;
            }
        }
    }
}
