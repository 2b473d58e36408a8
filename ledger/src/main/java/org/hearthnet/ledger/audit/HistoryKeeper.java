package org.hearthnet.ledger.audit;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.ledger.audit.AuditHistory.Divided;
import org.hearthnet.ledger.audit.AuditHistory.ProvenFault;
import org.hearthnet.ledger.audit.AuditHistory.Totals;
import org.hearthnet.ledger.audit.AuditReport.AuditError;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.Rules;

/** Takes down an {@link AuditHistory} of bounded size while blocks are replayed. */
final class HistoryKeeper {
    /** Most points of the supply; beyond that every second one goes. */
    static final int MAX_TOTALS = 1024;

    private final EvidenceCheck evidence;
    private final long epochBlocks;
    private final List<Totals> totals = new ArrayList<>();
    private final List<ProvenFault> convictions = new ArrayList<>();
    private final List<Divided> slashes = new ArrayList<>();
    private final List<AuditError> errors = new ArrayList<>();
    private long stride = 1;
    private long transactions;

    HistoryKeeper(Rules rules) {
        this.evidence = new EvidenceCheck(rules);
        this.epochBlocks = rules.spec().parameters().epochBlocks();
    }

    /** Sees a valid block before its changes are made; returns what is wrong with its evidence. */
    List<AuditError> block(Block block, List<LedgerEvent> events, StateReader before) {
        errors.clear();
        transactions += block.transactions().size();
        for (LedgerEvent event : events) {
            if (event instanceof LedgerEvent.Convicted(var conviction)) {
                ProvenFault fault = evidence.check(conviction, block, before);
                keep(convictions, fault);
                if (!fault.holds()) {
                    errors.add(new AuditError(
                            "block " + block.height() + ", evidence " + conviction.evidence(), fault.how()));
                }
            } else if (event instanceof LedgerEvent.Slashed(var node, var refund, var finder, var burned)) {
                keep(slashes, new Divided(block.height(), node, refund, finder, burned, Amount.ZERO));
            } else if (event instanceof LedgerEvent.SlashHeld(var node, var bond)) {
                keep(slashes, new Divided(block.height(), node, Amount.ZERO, Amount.ZERO, Amount.ZERO, bond));
            }
        }
        return List.copyOf(errors);
    }

    private static <T> void keep(List<T> list, T item) {
        if (list.size() < AuditHistory.MAX_CASES) {
            list.add(item);
        }
    }

    /** Sees the state after a block; takes down the supply at the end of epochs. */
    void after(long height, StateReader state, Amount held) {
        boolean ends = (height + 1) % epochBlocks == 0;
        if (ends && (height / epochBlocks) % stride == 0) {
            add(height, state, held);
            if (totals.size() >= MAX_TOTALS) {
                stride *= 2;
                totals.removeIf(t -> t.epoch() % stride != 0);
            }
        }
    }

    private void add(long height, StateReader state, Amount held) {
        Supply supply = Tables.SUPPLY.get(state, Tables.ONLY).orElseThrow();
        totals.add(new Totals(height / epochBlocks, height, supply.minted(), supply.burned(), held));
    }

    /** Everything, with the supply after the last block at {@code height}. */
    AuditHistory finish(long height, StateReader state, Amount held) {
        if (height >= 0 && (totals.isEmpty() || totals.getLast().height() != height)) {
            add(height, state, held);
        }
        return new AuditHistory(transactions, totals, convictions, slashes);
    }
}
