package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.node.chain.Names;

/**
 * What the chain says of one job. The ledger keeps no record of jobs: it sees one only where a voucher is redeemed, a
 * receipt opened or a contradiction reported. So blocks are searched, the latest ones.
 */
final class JobHistory {
    /** Most blocks that are searched. */
    static final long MAX_BLOCKS = 50_000;

    private final LedgerSource source;
    private final Names names;

    JobHistory(LedgerSource source, Names names) {
        this.source = source;
        this.names = names;
    }

    JsonNode of(Hash32 job) {
        long tip = source.read(v -> v.header().height());
        long from = Math.max(1, tip - MAX_BLOCKS + 1);
        ObjectNode out = LocalJson.mapper().createObjectNode();
        out.put("job", job.toHex());
        out.put("searchedFrom", from);
        out.put("searchedTo", tip);
        ArrayNode found = out.putArray("transactions");
        for (long height = from; height <= tip; height++) {
            Optional<Block> block = source.block(height);
            if (block.isPresent()) {
                block.get().transactions().forEach(t -> add(found, block.get().height(), t, job));
            }
        }
        return out;
    }

    private void add(ArrayNode out, long height, SignedTransaction signed, Hash32 job) {
        TransactionBody body = signed.transaction().body();
        what(body, job)
                .ifPresent(what -> out.addObject()
                        .put("height", height)
                        .put("id", signed.id().toHex())
                        .put("by", names.of(signed.transaction().sender()))
                        .put("type", body.getClass().getSimpleName())
                        .put("what", what));
    }

    private Optional<String> what(TransactionBody body, Hash32 job) {
        return switch (body) {
            case TransactionBody.ClaimReceipts claim ->
                claim.batch().vouchers().stream()
                        .filter(v -> v.voucher().job().equals(job))
                        .findFirst()
                        .map(v -> "redeems a voucher over " + v.voucher().cumulative() + " credits for "
                                + v.voucher().positions() + " positions");
            case TransactionBody.PostVerdict verdict ->
                verdict.opening()
                        .filter(o -> o.receipt().job().equals(job))
                        .map(o -> verdict.verdict() + " on stage " + o.receipt().stage() + " of "
                                + names.of(o.receipt().executor()));
            case TransactionBody.ReportEquivocation report ->
                report.first().job().equals(job)
                        ? Optional.of("contradicting statements of " + names.of(report.signer()))
                        : Optional.empty();
            case TransactionBody.ReportDoubleVote b -> Optional.empty();
            case TransactionBody.ReportDoubleBlock b -> Optional.empty();
            case TransactionBody.Transfer b -> Optional.empty();
            case TransactionBody.FaucetClaim b -> Optional.empty();
            case TransactionBody.EscrowOpen b -> Optional.empty();
            case TransactionBody.Bond b -> Optional.empty();
            case TransactionBody.Unbond b -> Optional.empty();
            case TransactionBody.Withdraw b -> Optional.empty();
            case TransactionBody.RegisterHolding b -> Optional.empty();
            case TransactionBody.ReleaseHolding b -> Optional.empty();
            case TransactionBody.PostAnswer b -> Optional.empty();
            case TransactionBody.RevealTag b -> Optional.empty();
            case TransactionBody.MoveInDispute b -> Optional.empty();
            case TransactionBody.Confess b -> Optional.empty();
            case TransactionBody.RegisterSeatKeys b -> Optional.empty();
        };
    }
}
