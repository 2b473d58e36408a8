package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.node.chain.LightQuery;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.wire.WireException;
import org.jspecify.annotations.Nullable;

/** {@code hearth audit account}. A peer can show an old block; it cannot hide its age. */
record AccountProof(
        String id, String from, Path genesis, @Nullable String checkpoint) {
    int run(Output output) throws IOException {
        if (!Files.isRegularFile(genesis)) {
            throw CommandException.unavailable("there is no file " + genesis);
        }
        ChainSpec spec = SpecJson.read(genesis);
        NodeId account = account(spec);
        try (LightQuery query = LightQuery.connect(spec, address())) {
            LightQuery.Answer answer =
                    query.prove(Tables.ACCOUNTS.key(Keys.of(account)), trusted(), System.currentTimeMillis());
            print(account, answer, output);
            return ExitCode.DONE;
        } catch (LightException e) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", false);
            document.put("account", account);
            document.put("error", String.valueOf(e.getMessage()));
            output.print(document, () -> output.line("NOT PROVEN: %s", String.valueOf(e.getMessage())));
            return ExitCode.CHECK_FAILED;
        } catch (P2pException e) {
            throw CommandException.unavailable(from + " cannot be asked: " + e.getMessage());
        }
    }

    private NodeId account(ChainSpec spec) {
        return spec.allocations().stream()
                .filter(a -> a.label().equals(id))
                .map(ChainSpec.Allocation::account)
                .findFirst()
                .orElseGet(() -> AccountIds.parse(id));
    }

    private Multiaddr address() {
        try {
            Multiaddr address = Multiaddr.parse(from);
            if (address.peer().isEmpty()) {
                throw CommandException.usage(from + " names no peer: end it with /p2p/ and the peer's id");
            }
            return address;
        } catch (WireException e) {
            throw CommandException.usage(from + " is no address: " + e.getMessage());
        }
    }

    private Optional<Hash32> trusted() {
        try {
            return Optional.ofNullable(checkpoint).map(Hash32::fromHex);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("'" + checkpoint + "' is no block hash: " + e.getMessage());
        }
    }

    private static void print(NodeId id, LightQuery.Answer answer, Output output) {
        Optional<Account> account =
                answer.value().flatMap(value -> Tables.ACCOUNTS.decode(Tables.ACCOUNTS.key(Keys.of(id)), value));
        int bytes = answer.record().proof().encode().length;
        var header = answer.record().header().header();
        long ageSeconds = (System.currentTimeMillis() - header.timeMs()) / 1000;
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("ok", true);
        document.put("account", id);
        document.put("exists", account.isPresent());
        document.put("record", account.orElse(null));
        document.put("height", header.height());
        document.put("block", header.hash());
        document.put("timeMs", header.timeMs());
        document.put("ageSeconds", ageSeconds);
        document.put("steps", answer.steps());
        document.put("proofBytes", bytes);
        output.print(document, () -> {
            output.line("account     %s", id);
            account.ifPresentOrElse(
                    a -> {
                        output.line("balance     %s credits", a.balance());
                        output.line("bond        %s credits", a.stake().bond());
                        output.line("reputation  %d", a.standing().reputation());
                    },
                    () -> output.line("            there is no such account: proven too"));
            output.line("after       block %d, made %d s ago, %s", header.height(), ageSeconds, header.hash());
            output.line(
                    "proof       %d bytes; %d members signed; %d headers on the way",
                    bytes, answer.record().header().certificate().endorsements().size(), answer.steps());
        });
    }
}
