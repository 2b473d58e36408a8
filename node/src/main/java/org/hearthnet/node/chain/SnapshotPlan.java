package org.hearthnet.node.chain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.store.StagedState;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.ProofException;
import org.hearthnet.ledger.tree.RangeProof;

/**
 * Which part of a state to ask for next, and whether an answer is one. Each lane is with one peer at a time. No clock, no I/O; not
 * safe for several threads.
 */
final class SnapshotPlan {
    private static final List<PathRange> LANES =
            PathRange.lanes(StagedState.LANE_BITS).toList();

    /** Ask for {@code from} and what follows in the lane. */
    record Ask(int lane, Hash32 from) {
        PathRange within() {
            return LANES.get(lane);
        }
    }

    /** Records that were proven, and where the lane goes on. */
    record Verified(List<RangeProof.KeyValue> records, Optional<Hash32> following) {}

    private final List<Optional<Hash32>> next;
    private final Set<Integer> running = new HashSet<>();

    SnapshotPlan(StagedState state) {
        this.next = new ArrayList<>(state.next());
    }

    /** Something that nobody has been asked for; it counts as asked for from now on. */
    Optional<Ask> next() {
        for (int lane = 0; lane < next.size(); lane++) {
            if (next.get(lane).isPresent() && running.add(lane)) {
                return Optional.of(new Ask(lane, next.get(lane).get()));
            }
        }
        return Optional.empty();
    }

    /** The answer to {@code ask} is stored. */
    void took(Ask ask, Optional<Hash32> following) {
        running.remove(ask.lane());
        next.set(ask.lane(), following);
    }

    /** There was none. */
    void failed(Ask ask) {
        running.remove(ask.lane());
    }

    /** Whether nothing is missing. */
    boolean isComplete() {
        return next.stream().allMatch(Optional::isEmpty);
    }

    /**
     * Checks an answer. Pure.
     *
     * @throws ProofException if it is none, or not true
     */
    static Verified verify(Ask ask, Hash32 root, SyncMessages.Piece piece) {
        PathRange range = piece.range();
        if (!range.from().equals(ask.from()) || !ask.within().covers(range)) {
            throw new ProofException("the range is not the one that was asked for");
        }
        piece.proof().verify(root, range, piece.records());
        List<RangeProof.KeyValue> inside = piece.records().stream()
                .filter(record -> range.contains(PathRange.pathOf(record.key())))
                .toList();
        return new Verified(inside, range.end().filter(ask.within()::contains));
    }
}
