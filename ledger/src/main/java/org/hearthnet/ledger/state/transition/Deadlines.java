package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Duty.Outcome;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.Tables.Marker;

/** Steps of duties and disputes that were not made in time. Deadlines count blocks: while the chain stands, so do they. */
final class Deadlines {
    /** Most expired steps a block. */
    static final int MAX_PER_BLOCK = 256;

    private Deadlines() {}

    static void run(Context context) {
        for (Table.Row<Marker> row : Tables.DEADLINES.scan(context.state(), Bytes.EMPTY, MAX_PER_BLOCK)) {
            if (Keys.number(row.key(), 0) >= context.height()) {
                return;
            }
            // An earlier one in this block may have ended this one's case.
            if (Tables.DEADLINES.has(context.state(), row.key())) {
                expire(context, Duties.get(context, Keys.lastHash(row.key())));
            }
        }
    }

    private static void expire(Context context, Duty duty) {
        switch (duty.phase()) {
            case DRAWN, REVEAL -> missed(context, duty);
            case ANSWER -> Penalties.silence(context, duty, false);
            case DISPUTE -> DisputeRule.expire(context, duty);
            case OPINION, CLOSED -> throw new IllegalStateException("a duty without a deadline expired: " + duty);
        }
    }

    private static void missed(Context context, Duty duty) {
        Penalties.missed(context, duty);
        Duties.close(context, duty, Outcome.MISSED);
        if (duty.isSecondOpinion()) {
            DisputeRule.open(context, Duties.get(context, duty.first()));
        } else {
            Duties.redraw(context, duty, duty.notServed());
        }
    }
}
