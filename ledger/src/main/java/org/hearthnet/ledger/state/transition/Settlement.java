package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.state.Escrow;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.Tables.Marker;

/** Escrows whose claim window has passed: the rest goes back to the client, later the record goes. */
final class Settlement {
    /** Most escrows a block. */
    static final int MAX_PER_BLOCK = 256;

    private Settlement() {}

    static void run(Context context) {
        for (Table.Row<Marker> row :
                Tables.ESCROW_ENDS.scan(context.state(), org.hearthnet.genesis.primitive.Bytes.EMPTY, MAX_PER_BLOCK)) {
            if (Keys.number(row.key(), 0) >= context.height()) {
                return;
            }
            Tables.ESCROW_ENDS.remove(context.state(), row.key());
            end(context, Keys.lastHash(row.key()));
        }
    }

    private static void end(Context context, Hash32 id) {
        Escrow escrow = Tables.ESCROWS.get(context.state(), Keys.of(id)).orElseThrow();
        if (escrow.returned()) {
            Tables.ESCROWS.remove(context.state(), Keys.of(id));
            return;
        }
        Amount rest = escrow.rest();
        context.credit(escrow.client(), rest);
        Tables.ESCROWS.put(context.state(), Keys.of(id), escrow.close());
        Tables.ESCROW_ENDS.put(context.state(), Keys.of(context.height() + keptBlocks(context), id), Marker.HERE);
        context.emit(new LedgerEvent.EscrowReturned(id, escrow.client(), rest));
    }

    /** Draws exclude the parties of an escrow; batches paid from it are drawn, postponed and redrawn within this time. */
    private static long keptBlocks(Context context) {
        return (2L * context.parameters().vestingEpochs() + 2)
                * context.parameters().epochBlocks();
    }
}
