package org.hearthnet.ledger.state.transition;

import java.util.Arrays;
import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.AuditRate;
import org.hearthnet.genesis.rules.Draw;
import org.hearthnet.genesis.rules.MintingBound;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.Tables.Marker;

/** Draws receipts of finished epochs with this block's beacon, which nobody knew when the batches were claimed. */
final class Draws {
    /** Most batches a block. */
    static final int MAX_BATCHES_PER_BLOCK = 64;
    /** Duties in one block after which the other batches wait for the next. */
    static final int MAX_DUTIES_PER_BLOCK = 1024;

    private Draws() {}

    static void run(Context context) {
        int duties = 0;
        for (Table.Row<Marker> row : Tables.DRAWS.scan(context.state(), Bytes.EMPTY, MAX_BATCHES_PER_BLOCK)) {
            if (Keys.number(row.key(), 0) > context.epoch() || duties >= MAX_DUTIES_PER_BLOCK) {
                return;
            }
            Tables.DRAWS.remove(context.state(), row.key());
            duties += draw(context, Keys.lastHash(row.key()));
        }
    }

    private static int draw(Context context, Hash32 id) {
        Batch batch = Duties.batch(context, id);
        List<NodeId> candidates = Verifiers.eligible(context, batch, List.of(), false);
        if (candidates.size() < context.parameters().minimumVerifiers()) {
            postpone(context, id, batch, candidates.size());
            return 0;
        }
        int record = context.account(batch.executor()).standing().record();
        // The fees were allowed at the rate of the claim: a record that grew since must not make them safer to cheat
        // with.
        int rate = Math.max(batch.checking().rate(), AuditRate.thousandths(context.parameters(), record));
        int drawn = 0;
        for (int i = 0; i < batch.count(); i++) {
            if (Draw.isDrawn(context.beacon(), id, i, rate)) {
                Duties.draw(context, id, batch.executor(), i, candidates);
                drawn++;
            }
        }
        Batch next = mintable(context, batch, candidates)
                .withChecking(new Batch.Checking(
                        Batch.Phase.DRAWN, rate, batch.checking().postponed(), drawn));
        if (drawn == 0) {
            Duties.closeBatch(context, id, next);
        } else {
            Tables.BATCHES.put(context.state(), Keys.of(id), next);
        }
        return drawn;
    }

    /** A batch that one hand could check for the most part is checked, but mints nothing. */
    private static Batch mintable(Context context, Batch batch, List<NodeId> candidates) {
        long[] weights = Verifiers.weights(context, candidates);
        long total = Arrays.stream(weights).reduce(0, Math::addExact);
        long largest = Arrays.stream(weights).max().orElse(0);
        if (MintingBound.isIndependent(context.parameters(), candidates.size(), largest, total)) {
            return batch;
        }
        Batch.Purse purse = batch.purse();
        return batch.withPurse(new Batch.Purse(purse.vesting(), purse.dutyLeft(), Amount.ZERO));
    }

    /** Fees wait while there are too few verifiers; after as many epochs as fees vest the batch closes unaudited. */
    private static void postpone(Context context, Hash32 id, Batch batch, int verifiers) {
        Batch.Checking c = batch.checking();
        if (c.postponed() >= context.parameters().vestingEpochs()) {
            context.emit(new LedgerEvent.Unaudited(id, batch.executor()));
            Duties.closeBatch(context, id, batch);
            return;
        }
        Batch next = batch.withChecking(new Batch.Checking(c.phase(), c.rate(), c.postponed() + 1, c.openReceipts()));
        Tables.BATCHES.put(context.state(), Keys.of(id), next);
        Tables.DRAWS.put(context.state(), Keys.of(context.epoch() + 1, id), Marker.HERE);
        context.emit(new LedgerEvent.DrawPostponed(id, verifiers));
    }
}
