package org.hearthnet.ledger.state.transition;

import java.util.Optional;
import java.util.Set;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Overlay;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Tables;

/**
 * Who votes when. The first block of an epoch fixes the committee of the epoch after the next, see {@link Seating}. Past ones
 * stay: light clients ask for them, and reports of double votes are judged by them.
 */
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

    /** The committees that are known after the block of {@code height}. */
    public static CommitteeWindow window(StateReader state, long epochBlocks, long height) {
        return new CommitteeWindow(
                height / epochBlocks,
                at(state, epochBlocks, height),
                at(state, epochBlocks, height + epochBlocks),
                at(state, epochBlocks, height + 2 * epochBlocks));
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
            Set<NodeId> negligent = Turns.settle(context, at(context.state(), epochBlocks, (epoch - 1) * epochBlocks));
            Committee last = at(context.state(), epochBlocks, (epoch + AHEAD - 1) * epochBlocks);
            Committee next = Seating.next(context, last, negligent);
            Tables.COMMITTEES.put(context.state(), Keys.of(epoch + AHEAD), next);
        }
    }
}
