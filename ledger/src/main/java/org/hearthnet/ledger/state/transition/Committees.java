package org.hearthnet.ledger.state.transition;

import java.util.Optional;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Overlay;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Tables;

/** Who votes when. The first block of an epoch fixes the committee of the epoch after the next. */
public final class Committees {
    /** How many epochs ahead a committee is known. */
    static final int AHEAD = 2;

    private Committees() {}

    /**
     * The committee that votes on the block of {@code height}.
     *
     * @param state after any block from two epochs before to the one right before
     * @throws IllegalArgumentException if the height is further away
     */
    public static Committee at(StateReader state, long epochBlocks, long height) {
        return find(state, epochBlocks, height)
                .orElseThrow(() -> new IllegalArgumentException("the committee of block " + height + " is not known"));
    }

    /** The same; nothing for a height whose committee is not known yet, or not any more. */
    public static Optional<Committee> find(StateReader state, long epochBlocks, long height) {
        return height < 0 ? Optional.empty() : Tables.COMMITTEES.get(state, Keys.of(height / epochBlocks));
    }

    static void begin(Overlay state, ChainSpec spec) {
        for (long epoch = 0; epoch <= AHEAD; epoch++) {
            Tables.COMMITTEES.put(state, Keys.of(epoch), spec.committee());
        }
    }

    static void run(Context context) {
        long epochBlocks = context.parameters().epochBlocks();
        if (context.height() % epochBlocks == 0) {
            long epoch = context.epoch();
            Committee last = at(context.state(), epochBlocks, (epoch + AHEAD - 1) * epochBlocks);
            Tables.COMMITTEES.put(context.state(), Keys.of(epoch + AHEAD), last);
            if (epoch > AHEAD) {
                Tables.COMMITTEES.remove(context.state(), Keys.of(epoch - AHEAD));
            }
        }
    }
}
