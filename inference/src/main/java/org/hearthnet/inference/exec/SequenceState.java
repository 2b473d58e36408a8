package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceMemoryException;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KvLayer;

/**
 * One sequence on one stage: its cache and how many positions are in it. Made by {@link StageExecutor#newSequence} and
 * used by one thread at a time; closing gives the memory back.
 */
public final class SequenceState implements AutoCloseable {
    private final LayerRange range;
    private final AttentionShape shape;
    private final KvBudget budget;
    private final int limit;
    private final List<KvLayer> layers = new ArrayList<>();
    private int length;
    private int claimed;
    private boolean closed;

    SequenceState(LayerRange range, AttentionShape shape, Kernel kernel, KvBudget budget, int limit) {
        this.range = range;
        this.shape = shape;
        this.budget = budget;
        this.limit = limit;
        for (int i = 0; i < range.size(); i++) {
            layers.add(kernel.newKvLayer(shape));
        }
    }

    /** Positions in the cache; the next input starts here. */
    public int length() {
        return length;
    }

    /** Most positions this sequence may have. */
    public int limit() {
        return limit;
    }

    /** The layers that are cached. */
    public LayerRange range() {
        return range;
    }

    /** The cache of a layer, by the layer's number in the model. */
    public KvLayer layer(int layer) {
        return layers.get(layer - range.from());
    }

    /** Forgets the positions from {@code newLength} on. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("cannot truncate " + length + " positions to " + newLength);
        }
        length = newLength;
    }

    /**
     * Takes the budget for all positions up to {@link #limit()} now, so that this sequence can never run out of it later
     * because of another one. Memory itself is still allocated page by page.
     *
     * @throws KvExhaustedException if the budget has not that much left; nothing changes
     */
    public void reserveAll() {
        claim(limit - length);
    }

    /** Takes the budget for {@code count} more positions, or throws and changes nothing. Touches no kernel. */
    void claim(int count) {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
        if (count > limit - length) {
            throw new ContextExceededException(
                    "position " + ((long) length + count) + " is beyond the limit of " + limit + " positions");
        }
        int needed = KvLayer.pagesFor(length + count);
        if (needed > claimed) {
            budget.take(bytes(needed - claimed));
            claimed = needed;
        }
    }

    /** Makes room for {@code count} more positions, or throws and changes nothing. */
    void reserve(int count) {
        int before = claimed;
        claim(count);
        try {
            layers.forEach(layer -> layer.growTo(Math.max(layer.pages(), KvLayer.pagesFor(length + count))));
        } catch (DeviceMemoryException e) {
            release(before);
            throw new KvExhaustedException(String.valueOf(e.getMessage()));
        }
    }

    /** Pages that the budget was taken for. */
    int claimed() {
        return claimed;
    }

    /** Gives back what was claimed beyond {@code pages} pages, and the memory that holds no position. */
    void release(int pages) {
        int kept = Math.max(pages, KvLayer.pagesFor(length));
        if (kept < claimed) {
            layers.forEach(layer -> layer.shrinkTo(kept));
            budget.giveBack(bytes(claimed - kept));
            claimed = kept;
        }
    }

    private long bytes(int pages) {
        return pages * KvLayer.pageBytes(shape) * layers.size();
    }

    void advance(int count) {
        length += count;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            length = 0;
            release(0);
        }
    }
}
