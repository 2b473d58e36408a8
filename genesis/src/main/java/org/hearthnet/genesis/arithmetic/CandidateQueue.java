package org.hearthnet.genesis.arithmetic;

/**
 * Tokens in canonical order (descending logit, ascending id), sorted only as far as they are asked for: a heap, because
 * a draw rarely needs more than a few hundred of a large vocabulary.
 */
final class CandidateQueue {
    private final float[] logits;
    private final int offset;
    /** A heap at the front; the popped ids, in order, at the end, last first. */
    private final int[] ids;

    private final int total;
    private int heapSize;
    private int size;
    private int popped;

    /** All tokens whose {@code e} is not 0. */
    CandidateQueue(float[] logits, int offset, float[] e) {
        this.logits = logits;
        this.offset = offset;
        this.ids = new int[e.length];
        for (int i = 0; i < e.length; i++) {
            if (e[i] != 0f) {
                ids[heapSize++] = i;
            }
        }
        total = heapSize;
        size = heapSize;
        for (int i = heapSize / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
    }

    int size() {
        return size;
    }

    void keepFirst(int count) {
        size = Math.min(size, count);
    }

    /** The id at {@code rank} of the canonical order. */
    int at(int rank) {
        while (popped <= rank) {
            pop();
        }
        return ids[total - 1 - rank];
    }

    /** {@code e} with 0 for all that are not among the first {@link #size()}. */
    float[] masked(float[] e) {
        float[] out = new float[e.length];
        for (int rank = 0; rank < size; rank++) {
            int id = at(rank);
            out[id] = e[id];
        }
        return out;
    }

    private void pop() {
        int top = ids[0];
        ids[0] = ids[--heapSize];
        siftDown(0);
        ids[heapSize] = top;
        popped++;
    }

    private void siftDown(int start) {
        int parent = start;
        while (2 * parent + 1 < heapSize) {
            int child = 2 * parent + 1;
            if (child + 1 < heapSize && before(ids[child + 1], ids[child])) {
                child++;
            }
            if (!before(ids[child], ids[parent])) {
                return;
            }
            int swap = ids[child];
            ids[child] = ids[parent];
            ids[parent] = swap;
            parent = child;
        }
    }

    private boolean before(int a, int b) {
        float la = logits[offset + a];
        float lb = logits[offset + b];
        return la > lb || (la == lb && a < b);
    }
}
