package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.local.LedgerAccess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth account}: money. */
@Command(
        name = "account",
        description = "Show an account; move, lock and bond credits.",
        synopsisSubcommandLabel = "COMMAND")
final class AccountCommand {
    private AccountCommand() {}

    @Command(
            mixinStandardHelpOptions = true,
            name = "show",
            description = "Show an account; this node's if none is named.")
    int show(
            @Parameters(paramLabel = "ID", arity = "0..1", description = "Its id, or its label in genesis.") @Nullable
                    String id,
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Mixin Output output)
            throws IOException {
        String which = id == null ? KeyFile.read(data).id().toHex() : id;
        try (LedgerAccess ledger = LedgerAccess.open(data)) {
            JsonNode account = ledger.get("account/" + which).orElseThrow();
            output.print(account, () -> print(account, output));
        }
        return ExitCode.DONE;
    }

    private static void print(JsonNode a, Output output) {
        JsonNode standing = a.path("standing");
        output.line(
                "account     %s (%s)",
                a.path("account").asText(), a.path("name").asText());
        output.line(
                "role        %s, reputation %d%s",
                a.path("role").asText(),
                standing.path("reputation").asInt(),
                standing.path("banned").asBoolean() ? ", BANNED" : "");
        output.line("balance     %s credits", JsonText.credits(a, "/balance"));
        output.line("bond        %s credits", JsonText.credits(a, "/stake/bond"));
        output.line("frozen      %s credits", JsonText.credits(a, "/stake/frozen"));
        a.at("/stake/unbonding")
                .forEach(u -> output.line(
                        "unbonding   %s credits from epoch %d on",
                        JsonText.credits(u, "/amount"), u.path("epoch").asLong()));
        output.line("vesting     %s credits", JsonText.credits(a, "/vesting"));
        output.line(
                "earned      %s executing, %s verifying, %s minted, %s finding; lost %s",
                JsonText.credits(a, "/earnings/execution"),
                JsonText.credits(a, "/earnings/verification"),
                JsonText.credits(a, "/earnings/minted"),
                JsonText.credits(a, "/earnings/finding"),
                JsonText.credits(a, "/earnings/lost"));
        output.line(
                "record      %d strikes, %d silences, %d missed, %d convictions",
                standing.path("strikes").asInt(),
                standing.path("silences").asInt(),
                standing.path("missed").asInt(),
                standing.path("convictions").asInt());
        output.line("duties      %d open", a.path("openDuties").size());
        output.line(
                "next nonce  %d, at height %d",
                a.path("nextNonce").asLong(), a.path("height").asLong());
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "faucet",
            description = "Ask the network's faucet for its grant, once an account.")
    int faucet(@Mixin TransactionSender sender) throws IOException {
        return sender.send(new TransactionBody.FaucetClaim());
    }

    @Command(mixinStandardHelpOptions = true, name = "transfer", description = "Send credits.")
    int transfer(
            @Parameters(paramLabel = "TO", description = "Receiver: an id, or a label in genesis.") String to,
            @Parameters(paramLabel = "CREDITS", description = "How many.") String credits,
            @Option(names = "--memo", defaultValue = "", description = "Up to 64 bytes for the receiver.") String memo,
            @Mixin TransactionSender sender)
            throws IOException {
        byte[] note = memo.getBytes(StandardCharsets.UTF_8);
        if (note.length > TransactionBody.MAX_MEMO_BYTES) {
            throw CommandException.usage("a memo has at most " + TransactionBody.MAX_MEMO_BYTES + " bytes");
        }
        NodeId receiver = AccountIds.parse(to, sender.spec());
        return sender.send(new TransactionBody.Transfer(receiver, amount(credits), Bytes.of(note)));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "escrow",
            description = "Lock credits for executors; what they do not earn comes back.")
    int escrow(
            @Parameters(paramLabel = "EXECUTOR=CREDITS", arity = "1..*", description = "Caps.") List<String> caps,
            @Option(names = "--blocks", defaultValue = "200", description = "How long (${DEFAULT-VALUE} blocks).")
                    long blocks,
            @Mixin TransactionSender sender)
            throws IOException {
        List<TransactionBody.Cap> parsed = new ArrayList<>();
        ChainSpec spec = sender.spec();
        for (String cap : caps) {
            int equals = cap.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage("'" + cap + "' is no EXECUTOR=CREDITS");
            }
            Amount amount = amount(cap.substring(equals + 1));
            parsed.add(new TransactionBody.Cap(AccountIds.parse(cap.substring(0, equals), spec), amount));
        }
        return sender.send(height -> new TransactionBody.EscrowOpen(parsed, height + blocks));
    }

    @Command(mixinStandardHelpOptions = true, name = "bond", description = "Move credits into this account's bond.")
    int bond(@Parameters(paramLabel = "CREDITS") String credits, @Mixin TransactionSender sender) throws IOException {
        return sender.send(new TransactionBody.Bond(amount(credits)));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "unbond",
            description = "Start to release credits of this account's bond.")
    int unbond(@Parameters(paramLabel = "CREDITS") String credits, @Mixin TransactionSender sender) throws IOException {
        return sender.send(new TransactionBody.Unbond(amount(credits)));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "withdraw",
            description = "Free matured earnings and unbonded credits.")
    int withdraw(@Mixin TransactionSender sender) throws IOException {
        return sender.send(new TransactionBody.Withdraw());
    }

    private static Amount amount(String credits) {
        try {
            return NetworkPreset.credits(credits);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
