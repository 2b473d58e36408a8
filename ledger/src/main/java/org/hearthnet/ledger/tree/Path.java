package org.hearthnet.ledger.tree;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;

/** Bits and nibbles of a path, counted from the most significant one. */
final class Path {
    /** Bits of a path. */
    static final int BITS = 256;

    /** Nibbles of a path. */
    static final int NIBBLES = 64;

    private Path() {}

    private static long word(Hash32 path, int index) {
        return switch (index) {
            case 0 -> path.a();
            case 1 -> path.b();
            case 2 -> path.c();
            case 3 -> path.d();
            default -> throw new IndexOutOfBoundsException("a path has four words");
        };
    }

    /** Bit {@code i}: 0 or 1. */
    static int bit(Hash32 path, int i) {
        return (int) (word(path, i >> 6) >>> (63 - (i & 63))) & 1;
    }

    /** Nibble {@code i}: 0 to 15. */
    static int nibble(Hash32 path, int i) {
        return (int) (word(path, i >> 4) >>> (60 - 4 * (i & 15))) & 15;
    }

    /** The first {@code nibbles} nibbles, then zeros. */
    static Hash32 prefix(Hash32 path, int nibbles) {
        return new Hash32(
                path.a() & mask(nibbles),
                path.b() & mask(nibbles - 16),
                path.c() & mask(nibbles - 32),
                path.d() & mask(nibbles - 48));
    }

    /** The path with {@code value} as its nibble {@code i}, which was 0. */
    static Hash32 with(Hash32 path, int i, int value) {
        long[] words = {path.a(), path.b(), path.c(), path.d()};
        words[i >> 4] |= (long) value << (60 - 4 * (i & 15));
        return new Hash32(words[0], words[1], words[2], words[3]);
    }

    private static long mask(int nibbles) {
        if (nibbles <= 0) {
            return 0;
        }
        return nibbles >= 16 ? -1L : -1L << (64 - 4 * nibbles);
    }

    /** Number of leading bits in which both agree. */
    static int common(Hash32 one, Hash32 other) {
        for (int i = 0; i < 4; i++) {
            long difference = word(one, i) ^ word(other, i);
            if (difference != 0) {
                return 64 * i + Long.numberOfLeadingZeros(difference);
            }
        }
        return BITS;
    }

    /** Whether all bits from {@code i} on are 0. */
    static boolean isZeroFrom(Hash32 path, int i) {
        return significant(path) <= i;
    }

    /** Number of bits up to the last one that is 1. */
    static int significant(Hash32 path) {
        for (int i = 3; i >= 0; i--) {
            long word = word(path, i);
            if (word != 0) {
                return 64 * (i + 1) - Long.numberOfTrailingZeros(word);
            }
        }
        return 0;
    }

    /** The path as a number with 1 added at bit {@code i}; nothing if that is too large. */
    static Optional<Hash32> plus(Hash32 path, int i) {
        long[] words = {path.a(), path.b(), path.c(), path.d()};
        long add = 1L << (63 - (i & 63));
        for (int at = i >> 6; at >= 0; at--) {
            words[at] += add;
            if (Long.compareUnsigned(words[at], add) >= 0) {
                return Optional.of(new Hash32(words[0], words[1], words[2], words[3]));
            }
            add = 1;
        }
        return Optional.empty();
    }
}
