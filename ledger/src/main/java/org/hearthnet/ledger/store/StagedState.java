package org.hearthnet.ledger.store;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * How far the state of one block has been fetched. The paths are divided into lanes, each of which is fetched from its beginning
 * on.
 *
 * @param block hash of the block
 * @param height of the block
 * @param next for each lane the first path that is missing; nothing for a lane that is complete
 * @param records records so far
 * @param bytes bytes of their keys and values
 */
public record StagedState(
        Hash32 block, long height, @Limit(StagedState.LANES) List<Optional<Hash32>> next, long records, long bytes) {
    /** Bits of a lane. */
    public static final int LANE_BITS = 6;

    /** Number of lanes: more than peers that are asked at one time. */
    public static final int LANES = 1 << LANE_BITS;

    private static final Codec<StagedState> CODEC = Codec.of(StagedState.class);

    /** Checks the number of lanes. */
    public StagedState {
        next = List.copyOf(next);
        if (next.size() != LANES) {
            throw new IllegalArgumentException(next.size() + " lanes");
        }
    }

    /** Nothing of the state after a block. */
    public static StagedState none(Hash32 block, long height) {
        List<Optional<Hash32>> begins = org.hearthnet.ledger.tree.PathRange.lanes(LANE_BITS)
                .map(lane -> Optional.of(lane.from()))
                .toList();
        return new StagedState(block, height, begins, 0, 0);
    }

    /** After some more records of {@code lane}. */
    public StagedState with(int lane, Optional<Hash32> following, long moreRecords, long moreBytes) {
        List<Optional<Hash32>> changed = new java.util.ArrayList<>(next);
        changed.set(lane, following);
        return new StagedState(block, height, changed, records + moreRecords, bytes + moreBytes);
    }

    /** Whether nothing is missing. */
    public boolean isComplete() {
        return next.stream().allMatch(Optional::isEmpty);
    }

    /** How much of the state is here, from 0 to 1: paths are hashes, so their share is that of the records. */
    public double share() {
        double done = 0;
        for (int lane = 0; lane < LANES; lane++) {
            double begin = (double) lane / LANES;
            done += next.get(lane)
                    .map(path -> (path.a() >>> 1) * 0x1p-63 - begin)
                    .orElse(1.0 / LANES);
        }
        return Math.clamp(done, 0, 1);
    }

    /** The canonical encoding. */
    public Bytes encode() {
        return Bytes.owned(CODEC.encode(this));
    }

    /** Reads what {@link #encode} wrote. */
    public static StagedState decode(byte[] bytes) {
        return CODEC.decode(bytes);
    }
}
