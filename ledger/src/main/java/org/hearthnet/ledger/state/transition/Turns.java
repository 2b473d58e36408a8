package org.hearthnet.ledger.state.transition;

import java.util.HashSet;
import java.util.Set;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Withholding;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.MissedTurns;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;

/**
 * Turns that leaders missed. A final block of view v says that a quorum has nullified all views before, so each of their
 * leaders had its turn and did not use it, or too late: for the chain to see without any further proof.
 */
final class Turns {
    private Turns() {}

    /** Counts the turns that were missed before the block under way, which was made in {@code view}. */
    static void run(Context context, int view) {
        if (view == 0) {
            return;
        }
        Committee committee =
                Committees.at(context.state(), context.parameters().epochBlocks(), context.height());
        // Members that led several of the views missed one block: at most one count a member and height.
        int views = Math.min(view, committee.seats().size());
        for (int v = 0; v < views; v++) {
            Bytes key = Keys.of(committee.leader(context.height(), v));
            int before = Tables.MISSED_TURNS
                    .get(context.state(), key)
                    .map(MissedTurns::count)
                    .orElse(0);
            Tables.MISSED_TURNS.put(context.state(), key, new MissedTurns(before + 1));
        }
    }

    /**
     * Charges those who missed more turns in the epoch that has ended than an honest outage excuses, and starts to count anew.
     *
     * @param committee of that epoch
     * @return who was charged
     */
    static Set<NodeId> settle(Context context, Committee committee) {
        Set<NodeId> charged = new HashSet<>();
        int free = Withholding.freeTurns(
                context.parameters().epochBlocks(), committee.seats().size());
        for (Table.Row<MissedTurns> row : Tables.MISSED_TURNS.scan(context.state(), Bytes.EMPTY, Integer.MAX_VALUE)) {
            NodeId node = new NodeId(Keys.lastHash(row.key()));
            if (row.value().count() > free) {
                charge(context, node, row.value().count());
                charged.add(node);
            }
            Tables.MISSED_TURNS.remove(context.state(), row.key());
        }
        return charged;
    }

    private static void charge(Context context, NodeId node, int missed) {
        Account account = context.account(node);
        int before = account.standing().reputation();
        int after = Withholding.reputation(before);
        if (after != before) {
            context.put(node, account.withStanding(account.standing().withReputation(after)));
        }
        context.emit(new LedgerEvent.TurnsMissed(node, missed, before - after));
    }
}
