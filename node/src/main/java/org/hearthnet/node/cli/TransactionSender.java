package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongFunction;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.node.local.LocalClient;
import org.hearthnet.node.local.NodeDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs a transaction with the key in a node's directory, hands it to the node that runs there, and waits. */
final class TransactionSender {
    /** Blocks until it expires. */
    private static final long LIFETIME_BLOCKS = 200;

    private static final int FEE_FACTOR = 2;

    @Option(names = "--data", required = true, description = "The node's directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for a block (${DEFAULT-VALUE}); 0 not to wait.")
    private int timeoutSeconds;

    @Option(
            names = "--max-fee",
            paramLabel = "SPARKS",
            description = "The largest fee to pay, in millionths of a credit; " + FEE_FACTOR
                    + " times the present fee if not given.")
    private @Nullable Long maxFee;

    @Mixin
    private final Output output = new Output();

    /** The network of that directory. */
    ChainSpec spec() throws IOException {
        return new NodeDirectory(data).spec();
    }

    int send(TransactionBody body) throws IOException {
        return send(height -> body);
    }

    /** @param body made for the height of the last block */
    int send(LongFunction<TransactionBody> body) throws IOException {
        try (LocalClient client = LocalClient.require(data)) {
            KeyPair key = new NodeDirectory(data).key();
            JsonNode account = client.get("account/" + key.id().toHex()).orElseThrow();
            long height = account.path("height").asLong();
            SignedTransaction signed = new Transaction(
                            key.id(),
                            account.path("nextNonce").asLong(),
                            height + LIFETIME_BLOCKS,
                            limit(client),
                            body.apply(height))
                    .sign(key, spec().id());
            client.post("transactions", Map.of("transaction", HexFormat.of().formatHex(signed.encode())));
            output.line("transaction  %s", signed.id());
            return report(signed, await(client, signed));
        }
    }

    /** What is paid is the base fee of the block; the limit leaves room for some full blocks before that. */
    private Amount limit(LocalClient client) throws IOException {
        if (maxFee != null) {
            return Amount.of(maxFee);
        }
        long baseFee = client.get("ledger").orElseThrow().path("baseFee").asLong();
        return Amount.of(Math.multiplyExact(baseFee, FEE_FACTOR));
    }

    private JsonNode await(LocalClient client, SignedTransaction signed) throws IOException {
        long end = System.nanoTime() + timeoutSeconds * 1_000_000_000L;
        JsonNode outcome = SpecJson.mapper().createObjectNode().put("state", "waiting");
        while (System.nanoTime() - end < 0 && outcome.path("state").asText().equals("waiting")) {
            outcome = client.get("outcome/" + signed.id().toHex()).orElseThrow();
        }
        return outcome;
    }

    private int report(SignedTransaction signed, JsonNode outcome) {
        String state = outcome.path("state").asText();
        ObjectNode document = SpecJson.mapper().createObjectNode();
        document.put("id", signed.id().toHex());
        document.setAll((ObjectNode) outcome);
        output.print(document, () -> {
            switch (state) {
                case "included" ->
                    output.line("in block     %d", outcome.path("height").asLong());
                case "rejected" ->
                    output.line("rejected     %s", outcome.path("reason").asText());
                default ->
                    output.line(
                            "not in a block yet; look later: hearth ledger show tx %s --data %s", signed.id(), data);
            }
        });
        boolean waitedInVain = state.equals("waiting") && timeoutSeconds > 0;
        return state.equals("rejected") ? ExitCode.CHECK_FAILED : waitedInVain ? ExitCode.UNAVAILABLE : ExitCode.DONE;
    }
}
