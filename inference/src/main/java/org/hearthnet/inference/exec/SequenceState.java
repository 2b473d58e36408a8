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
    private int pages;
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

    /** Makes room for {@code count} more positions, or throws and changes nothing. */
    void reserve(int count) {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
        if (count > limit - length) {
            throw new ContextExceededException(
                    "position " + ((long) length + count) + " is beyond the limit of " + limit + " positions");
        }
        int needed = KvLayer.pagesFor(length + count);
        if (needed > pages) {
            budget.take((needed - pages) * KvLayer.pageBytes(shape) * layers.size());
            grow(needed);
        }
    }

    private void grow(int needed) {
        try {
            layers.forEach(layer -> layer.growTo(needed));
            pages = needed;
        } catch (DeviceMemoryException e) {
            layers.forEach(layer -> layer.shrinkTo(pages));
            budget.giveBack((needed - pages) * KvLayer.pageBytes(shape) * layers.size());
            throw new KvExhaustedException(String.valueOf(e.getMessage()));
        }
    }

    void advance(int count) {
        length += count;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            budget.giveBack(pages * KvLayer.pageBytes(shape) * layers.size());
            layers.forEach(layer -> layer.shrinkTo(0));
            pages = 0;
            length = 0;
        }
    }
}
