package org.hearthnet.inference.kernel;

import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.Half;

/**
 * Cached keys and values of one layer of one sequence, fp16, in pages of one attention chunk. Keys lie in tiles of 16
 * positions, [kvHead][position / 16][headDim][position mod 16], so that scores vectorise over positions; values lie as
 * [kvHead][position][headDim], so that the mix vectorises over dimensions.
 */
public final class KvLayer {
    /** Positions of a page. */
    public static final int PAGE = Arithmetic.CHUNK;

    /** Positions of a tile of keys. */
    static final int TILE = 16;

    private final int kvHeads;
    private final int headDim;
    private short[][] keyPages = new short[0][];
    private short[][] valuePages = new short[0][];

    /** An empty layer. */
    public KvLayer(AttentionShape shape) {
        this.kvHeads = shape.kvHeads();
        this.headDim = shape.headDim();
    }

    /** Bytes of the keys and values of one page of one layer. */
    public static long pageBytes(AttentionShape shape) {
        return 2L * PAGE * shape.kvWidth() * Short.BYTES;
    }

    /** Pages that are allocated. */
    public int pages() {
        return keyPages.length;
    }

    /** Allocates pages until there are {@code count}. */
    public void growTo(int count) {
        int had = keyPages.length;
        if (count > had) {
            keyPages = Arrays.copyOf(keyPages, count);
            valuePages = Arrays.copyOf(valuePages, count);
            for (int i = had; i < count; i++) {
                keyPages[i] = new short[PAGE * kvHeads * headDim];
                valuePages[i] = new short[PAGE * kvHeads * headDim];
            }
        }
    }

    /** Frees all pages. */
    public void clear() {
        keyPages = new short[0][];
        valuePages = new short[0][];
    }

    /**
     * Rounds and stores keys and values of one position.
     *
     * @param keys [kvHeads * headDim] from {@code offset}, rotated
     * @param values [kvHeads * headDim] from {@code offset}
     */
    public void store(int position, float[] keys, float[] values, int offset) {
        short[] keyPage = keyPages[position / PAGE];
        short[] valuePage = valuePages[position / PAGE];
        for (int head = 0; head < kvHeads; head++) {
            int valueAt = valueIndex(head, position);
            for (int d = 0; d < headDim; d++) {
                int i = offset + head * headDim + d;
                keyPage[keyIndex(head, position, d)] = Half.round(keys[i], "cached key");
                valuePage[valueAt + d] = Half.round(values[i], "cached value");
            }
        }
    }

    /** The bits of the cached keys of a position, [kvHeads * headDim]. */
    public short[] keys(int position) {
        short[] out = new short[kvHeads * headDim];
        for (int i = 0; i < out.length; i++) {
            out[i] = keyPages[position / PAGE][keyIndex(i / headDim, position, i % headDim)];
        }
        return out;
    }

    /** The bits of the cached values of a position, [kvHeads * headDim]. */
    public short[] values(int position) {
        short[] out = new short[kvHeads * headDim];
        for (int head = 0; head < kvHeads; head++) {
            System.arraycopy(valuePages[position / PAGE], valueIndex(head, position), out, head * headDim, headDim);
        }
        return out;
    }

    short[] keyPage(int page) {
        return keyPages[page];
    }

    short[] valuePage(int page) {
        return valuePages[page];
    }

    /** Index of an element of a key inside its page. */
    int keyIndex(int head, int position, int d) {
        int inPage = position % PAGE;
        return ((head * (PAGE / TILE) + inPage / TILE) * headDim + d) * TILE + inPage % TILE;
    }

    /** Index of the first element of a value inside its page. */
    int valueIndex(int head, int position) {
        return (head * PAGE + position % PAGE) * headDim;
    }
}
