package org.hearthnet.inference.exec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.inference.trace.OperationPlace;
import org.hearthnet.inference.trace.TraceSink;

/**
 * Hides from a sink what it has seen before. A sound step that was batched with one that fails is run again and gives
 * the same bits, so the first report stands. Relies on positions of one layer coming in ascending order.
 */
final class OnceSink implements TraceSink {
    private final TraceSink inner;
    private final Map<Integer, Integer> residuals = new HashMap<>();
    private final Map<Integer, Integer> innerResiduals = new HashMap<>();
    private final Map<Integer, Integer> caches = new HashMap<>();
    private final Set<Operation> operations = new HashSet<>();

    private record Operation(OperationKind kind, int layer, int position) {}

    private OnceSink(TraceSink inner) {
        this.inner = inner;
    }

    /** {@code sink} itself if it observes nothing or sees things once already. */
    static TraceSink of(TraceSink sink) {
        return sink == NONE || sink instanceof OnceSink ? sink : new OnceSink(sink);
    }

    private static boolean isNew(Map<Integer, Integer> seen, int layer, int position) {
        boolean is = position > seen.getOrDefault(layer, -1);
        if (is) {
            seen.put(layer, position);
        }
        return is;
    }

    @Override
    public void residual(int layer, int position, float[] values, int offset, int length) {
        if (isNew(residuals, layer, position)) {
            inner.residual(layer, position, values, offset, length);
        }
    }

    @Override
    public void innerResidual(int layer, int position, float[] values, int offset, int length) {
        if (isNew(innerResiduals, layer, position)) {
            inner.innerResidual(layer, position, values, offset, length);
        }
    }

    @Override
    public boolean wantsCache() {
        return inner.wantsCache();
    }

    @Override
    public void cached(int layer, int position, short[] keys, short[] values) {
        if (isNew(caches, layer, position)) {
            inner.cached(layer, position, keys, values);
        }
    }

    @Override
    public Optional<OperationPlace> place() {
        return inner.place();
    }

    @Override
    public void operation(OperationKind kind, int layer, int position, float[] values) {
        if (operations.add(new Operation(kind, layer, position))) {
            inner.operation(kind, layer, position, values);
        }
    }
}
