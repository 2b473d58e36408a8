package org.hearthnet.ledger.tree;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * All records whose paths begin alike: a subtree of the state's tree.
 *
 * @param from the bits that they begin with, then zeros
 * @param bits how many, 0 to 256
 */
public record PathRange(Hash32 from, int bits) {
    /** Most bits of the start of a lane. */
    private static final int MAX_LANE_BITS = 16;

    /** Checks that {@code from} has no bit set behind the first {@code bits}. */
    public PathRange {
        if (bits < 0 || bits > Path.BITS || !Path.isZeroFrom(from, bits)) {
            throw new IllegalArgumentException("no range has " + bits + " bits of " + from);
        }
    }

    /** 2^{@code bits} ranges that have every path in one of them. */
    public static Stream<PathRange> lanes(int bits) {
        if (bits < 0 || bits > MAX_LANE_BITS) {
            throw new IllegalArgumentException(bits + " bits of a lane");
        }
        return IntStream.range(0, 1 << bits)
                .mapToObj(i -> new PathRange(new Hash32(bits == 0 ? 0 : (long) i << (64 - bits), 0, 0, 0), bits));
    }

    /** Where the record of {@code key} belongs. */
    public static Hash32 pathOf(Bytes key) {
        return new TreeHash().path(key);
    }

    /** Whether a record belongs here. */
    public boolean contains(Hash32 path) {
        return Path.common(from, path) >= bits;
    }

    /** Whether all of {@code other} is here. */
    public boolean covers(PathRange other) {
        return other.bits >= bits && contains(other.from);
    }

    /** The first path after this range; nothing after the last range. */
    public Optional<Hash32> end() {
        return bits == 0 ? Optional.empty() : Path.plus(from, bits - 1);
    }

    /**
     * The largest range that begins at {@code from}, is within {@code within}, and ends before {@code path}.
     *
     * @param path greater than {@code from}
     */
    public static PathRange before(Hash32 from, Hash32 path, PathRange within) {
        return new PathRange(from, Math.max(largest(from, within).bits, Path.common(from, path) + 1));
    }

    /** The largest range that begins at {@code from} and is within {@code within}. */
    public static PathRange largest(Hash32 from, PathRange within) {
        return new PathRange(from, Math.max(within.bits, Path.significant(from)));
    }
}
