package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.node.chain.Names;

/**
 * Answers questions about a ledger by path, such as {@code block/7}: the same for a running node and for a store, so that
 * commands need not care which of the two answers.
 */
final class LedgerQueries {
    /** Most open duties shown with an account. */
    private static final int MAX_DUTIES = 64;

    private final LedgerSource source;
    private final Names names;

    LedgerQueries(LedgerSource source) {
        this.source = source;
        this.names = new Names(source.spec());
    }

    /**
     * The answer to {@code path}; empty if there is no such thing.
     *
     * @throws IllegalArgumentException if the path makes no sense
     */
    Optional<JsonNode> answer(String path) {
        int slash = path.indexOf('/');
        String what = slash < 0 ? path : path.substring(0, slash);
        String which = slash < 0 ? "" : path.substring(slash + 1);
        return switch (what) {
            case "ledger" -> Optional.of(source.read(this::summary));
            case "block" -> source.block(height(which)).map(this::block);
            case "transaction", "tx" -> source.transaction(hash(which)).map(this::transaction);
            case "account" -> Optional.of(account(node(which)));
            case "duty" -> source.read(v -> v.duty(hash(which)).map(d -> duty(v, d)));
            case "dispute" -> source.read(v -> v.dispute(hash(which)).map(d -> dispute(hash(which), d)));
            case "job" -> Optional.of(new JobHistory(source, names).of(hash(which)));
            case "escrow" -> source.read(v -> v.escrow(hash(which))).map(LocalJson::tree);
            case "batch" -> source.read(v -> v.batch(hash(which))).map(LocalJson::tree);
            case "market" -> Optional.of(MarketHistory.of(source).latest(which));
            case "convictions" -> Optional.of(source.read(v -> LocalJson.tree(v.convictions(1_000))));
            default -> Optional.empty();
        };
    }

    private static long height(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no height", e);
        }
    }

    private static Hash32 hash(String text) {
        try {
            return Hash32.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no id: 64 hexadecimal digits are needed", e);
        }
    }

    /** An id, or a label of genesis. */
    private NodeId node(String text) {
        return source.spec().allocations().stream()
                .filter(a -> a.label().equals(text))
                .map(a -> a.account())
                .findFirst()
                .orElseGet(() -> new NodeId(hash(text)));
    }

    private JsonNode summary(LedgerView view) {
        var supply = view.supply();
        ObjectNode out = LocalJson.mapper().createObjectNode();
        out.put("network", source.spec().id().toHex());
        out.put("name", source.spec().name());
        out.put("demo", source.spec().demo());
        out.put("height", view.header().height());
        out.put("block", view.header().hash().toHex());
        out.put("stateRoot", view.header().stateRoot().toHex());
        out.put("timeMs", view.header().timeMs());
        out.put("epoch", view.nextEpoch());
        out.put("baseFee", view.baseFee().sparks());
        ObjectNode totals = out.putObject("supply");
        totals.put("minted", supply.minted().sparks());
        totals.put("burned", supply.burned().sparks());
        totals.put("held", supply.minted().minus(supply.burned()).sparks());
        totals.put("bonded", supply.bonded().sparks());
        totals.put("dutyPool", supply.dutyPool().sparks());
        return out;
    }

    private JsonNode block(Block block) {
        ObjectNode out = LocalJson.mapper().createObjectNode();
        out.put("hash", block.hash().toHex());
        out.setAll((ObjectNode) LocalJson.tree(block.header()));
        ArrayNode transactions = out.putArray("transactions");
        for (SignedTransaction t : block.transactions()) {
            transactions
                    .addObject()
                    .put("id", t.id().toHex())
                    .put("type", t.transaction().body().getClass().getSimpleName())
                    .put("sender", t.transaction().sender().toHex())
                    .put("senderName", names.of(t.transaction().sender()));
        }
        return out;
    }

    private JsonNode transaction(LedgerSource.Placed placed) {
        var t = placed.transaction().transaction();
        ObjectNode out = LocalJson.mapper().createObjectNode();
        out.put("id", placed.transaction().id().toHex());
        out.put("height", placed.height());
        out.put("index", placed.index());
        out.put("sender", t.sender().toHex());
        out.put("senderName", names.of(t.sender()));
        out.put("nonce", t.nonce());
        out.put("expiryHeight", t.expiryHeight());
        out.put("maxFee", t.maxFee().sparks());
        out.set("body", LocalJson.typed(t.body()));
        return out;
    }

    private JsonNode account(NodeId node) {
        long nextNonce = source.nextNonce(node);
        return source.read(view -> account(view, node, nextNonce));
    }

    private JsonNode account(LedgerView view, NodeId node, long nextNonce) {
        Account account = view.account(node);
        ObjectNode out = LocalJson.mapper().createObjectNode();
        out.put("account", node.toHex());
        out.put("name", names.of(node));
        out.put("role", view.role(node).name());
        out.put("height", view.header().height());
        out.put("total", account.total().sparks());
        out.put("nextNonce", nextNonce);
        out.put("auditRate", view.auditRate(node));
        out.put("largestFee", view.largestFee(node).sparks());
        out.setAll((ObjectNode) LocalJson.tree(account));
        ArrayNode duties = out.putArray("openDuties");
        view.openDuties(node, MAX_DUTIES).forEach(d -> duties.add(duty(view, d)));
        return out;
    }

    private JsonNode duty(LedgerView view, Duty duty) {
        ObjectNode out = LocalJson.mapper().createObjectNode();
        out.put("id", duty.id().toHex());
        out.put("executorName", names.of(duty.executor()));
        out.put("verifierName", names.of(duty.verifier()));
        out.put("secondOpinion", duty.isSecondOpinion());
        out.put("inDispute", view.dispute(duty.id()).isPresent());
        out.setAll((ObjectNode) LocalJson.tree(duty));
        return out;
    }

    private JsonNode dispute(Hash32 duty, org.hearthnet.ledger.state.Dispute dispute) {
        ObjectNode out = LocalJson.mapper().createObjectNode();
        out.put("duty", duty.toHex());
        out.put("executor", dispute.executor().toHex());
        out.put("executorName", names.of(dispute.executor()));
        out.put("challenger", dispute.challenger().toHex());
        out.put("challengerName", names.of(dispute.challenger()));
        out.put("turn", DisputeReferee.turn(dispute.state()).name());
        out.put("phase", dispute.state().phase().name());
        out.put("job", dispute.state().receipt().job().toHex());
        out.put("stage", dispute.state().receipt().stage());
        out.put("layer", dispute.state().layer());
        out.put("position", dispute.state().position());
        dispute.state().operation().ifPresent(o -> out.put("operation", o.name()));
        return out;
    }
}
