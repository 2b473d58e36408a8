package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceMemoryException;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KvLayer;
import org.jspecify.annotations.Nullable;

/**
 * One sequence on one stage: its cache and how many positions are in it. Made by {@link StageExecutor#newSequence} and
 * used by one thread at a time; closing gives the memory back.
 *
 * <p>Sequences that were made by {@link #fork} share pages. Nobody writes to a page that others use: who goes on in the
 * middle of one copies it first.
 */
public final class SequenceState implements AutoCloseable {
    private final LayerRange range;
    private final AttentionShape shape;
    private final Kernel kernel;
    private final KvBudget budget;
    private final int limit;
    private final Consumer<SequenceState> onClose;
    private final List<KvLayer> layers = new ArrayList<>();
    /** Of the pages that the budget was taken for, in order. */
    private final List<PageCharge> charges = new ArrayList<>();
    /** For the copy of the page that the next position lies in, if others use that. */
    private @Nullable PageCharge spare;

    private int length;
    private volatile boolean closed;
    /** Whether a pass works on it. */
    private boolean busy;

    SequenceState(
            LayerRange range,
            AttentionShape shape,
            Kernel kernel,
            KvBudget budget,
            int limit,
            Consumer<SequenceState> onClose) {
        this.onClose = onClose;
        this.range = range;
        this.shape = shape;
        this.kernel = kernel;
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

    /**
     * Another sequence that begins with the first {@code positions} of this one, without computing or copying them.
     *
     * @param most positions that it may have, at least {@code positions}
     */
    SequenceState fork(int positions, int most) {
        requireOpen();
        if (positions < 0 || positions > length || most < positions) {
            throw new IllegalArgumentException(
                    "cannot fork " + positions + " of " + length + " positions, " + most + " at most");
        }
        var child = new SequenceState(range, shape, kernel, budget, most, onClose);
        int pages = KvLayer.pagesFor(positions);
        for (int i = 0; i < layers.size(); i++) {
            child.layers.get(i).share(layers.get(i), pages);
        }
        for (int page = 0; page < pages; page++) {
            child.charges.add(charges.get(page).share());
        }
        child.length = positions;
        return child;
    }

    /** Forgets the positions from {@code newLength} on. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("cannot truncate " + length + " positions to " + newLength);
        }
        length = newLength;
        int kept = KvLayer.pagesFor(length);
        if (charges.subList(kept, charges.size()).stream().anyMatch(PageCharge::isShared)) {
            dropFrom(kept); // others still read what would be overwritten
        }
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
        requireOpen();
        if (count > limit - length) {
            throw new ContextExceededException(
                    "position " + ((long) length + count) + " is beyond the limit of " + limit + " positions");
        }
        int more = Math.max(0, KvLayer.pagesFor(length + count) - charges.size());
        boolean copies = count > 0 && spare == null && nextPageIsShared();
        budget.take((more + (copies ? 1 : 0)) * pageBytes());
        for (int i = 0; i < more; i++) {
            charges.add(new PageCharge(budget, pageBytes()));
        }
        if (copies) {
            spare = new PageCharge(budget, pageBytes());
        }
    }

    /** Whether the next position lies in a page that holds positions which others use. */
    private boolean nextPageIsShared() {
        return length % KvLayer.PAGE != 0 && charges.get(length / KvLayer.PAGE).isShared();
    }

    /** Makes room for {@code count} more positions, or throws and changes nothing. */
    void reserve(int count) {
        Claim before = claimed();
        claim(count);
        try {
            ownNextPage();
            layers.forEach(layer -> layer.growTo(Math.max(layer.pages(), KvLayer.pagesFor(length + count))));
        } catch (DeviceMemoryException e) {
            release(before);
            throw new KvExhaustedException(String.valueOf(e.getMessage()));
        }
    }

    private void ownNextPage() {
        PageCharge own = spare;
        if (own == null) {
            return;
        }
        if (nextPageIsShared()) {
            int page = length / KvLayer.PAGE;
            layers.forEach(layer -> layer.own(page));
            charges.set(page, own).drop();
        } else {
            own.drop(); // the others have let go meanwhile
        }
        spare = null;
    }

    /**
     * What the budget was taken for.
     *
     * @param pages pages, with those that are shared
     * @param spare whether for a copy as well
     */
    record Claim(int pages, boolean spare) {}

    /** What the budget is taken for now. */
    Claim claimed() {
        return new Claim(charges.size(), spare != null);
    }

    /** Gives back what was claimed beyond {@code before}, and the memory that holds no position. */
    void release(Claim before) {
        if (!before.spare && spare != null) {
            spare.drop();
            spare = null;
        }
        dropFrom(Math.max(before.pages, KvLayer.pagesFor(length)));
    }

    private void dropFrom(int kept) {
        if (kept < charges.size()) {
            layers.forEach(layer -> layer.shrinkTo(kept));
            List<PageCharge> tail = charges.subList(kept, charges.size());
            tail.forEach(PageCharge::drop);
            tail.clear();
        }
    }

    private long pageBytes() {
        return KvLayer.pageBytes(shape) * layers.size();
    }

    /** Bytes of its pages, with those that it shares. */
    long bytes() {
        return pageBytes() * charges.size();
    }

    void advance(int count) {
        length += count;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
    }

    /** A pass begins to work on it. */
    synchronized void enter() {
        requireOpen();
        busy = true;
    }

    /** The pass has ended. */
    synchronized void leave() {
        busy = false;
        if (closed) {
            free();
        }
    }

    /** Gives the memory back; where a pass works on it, at the end of that, lest it writes to what is another's by then. */
    @Override
    public void close() {
        if (markClosed()) {
            onClose.accept(this);
        }
    }

    private synchronized boolean markClosed() {
        if (closed) {
            return false;
        }
        closed = true;
        if (!busy) {
            free();
        }
        return true;
    }

    private void free() {
        length = 0;
        release(new Claim(0, false));
    }
}
