package org.hearthnet.inference.exec;

import java.util.Optional;
import org.hearthnet.genesis.arithmetic.Attention;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.trace.OperationPlace;
import org.hearthnet.inference.trace.TraceSink;

/** Hands a pass's vectors to the sinks of its steps. A pass without sinks costs one comparison an operation. */
final class RowTrace {
    private final Rows rows;
    private final boolean silent;
    /** Rows that are the chosen place of their sink, by layer; -1 for rows that are not. */
    private final int[] chosenLayer;

    private final boolean anyChosen;

    RowTrace(Rows rows) {
        this.rows = rows;
        this.chosenLayer = new int[rows.count()];
        boolean quiet = true;
        boolean any = false;
        for (int r = 0; r < rows.count(); r++) {
            TraceSink sink = rows.step(r).sink();
            Optional<OperationPlace> place = sink.place();
            boolean here = place.isPresent() && place.get().position() == rows.position(r);
            chosenLayer[r] = here ? place.get().layer() : -1;
            any |= here;
            quiet &= sink == TraceSink.NONE;
        }
        silent = quiet;
        anyChosen = any;
    }

    /** Whether anybody observes the pass. */
    boolean isOn() {
        return !silent;
    }

    /** Whether the operations of a row at a layer are asked for. */
    boolean isChosen(int r, int layer) {
        return chosenLayer[r] == layer;
    }

    /** Reports an operation's batch [rows][width] to those who chose it. */
    void operation(OperationKind kind, int layer, DeviceArray values, int width) {
        if (!anyChosen) {
            return;
        }
        for (int r = 0; r < rows.count(); r++) {
            if (isChosen(r, layer)) {
                float[] row = new float[width];
                values.read(r * width, row, 0, width);
                rows.step(r).sink().operation(kind, layer, rows.position(r), row);
            }
        }
    }

    /** Reports what was cached; the operations see it as floats. */
    void cached(int layer, KvLayer[] caches) {
        if (silent) {
            return;
        }
        for (int r = 0; r < rows.count(); r++) {
            TraceSink sink = rows.step(r).sink();
            int position = rows.position(r);
            if (sink.wantsCache()) {
                sink.cached(layer, position, caches[r].keys(position), caches[r].values(position));
            }
            if (isChosen(r, layer)) {
                sink.operation(OperationKind.K_CACHE, layer, position, floats(caches[r].keys(position)));
                sink.operation(OperationKind.V_CACHE, layer, position, floats(caches[r].values(position)));
            }
        }
    }

    /** Recomputes scores and weights of chosen rows by the scalar definitions; kernels do not keep them. */
    void attention(int layer, AttentionShape shape, DeviceArray queries, KvLayer[] caches) {
        if (!anyChosen) {
            return;
        }
        for (int r = 0; r < rows.count(); r++) {
            if (isChosen(r, layer)) {
                int position = rows.position(r);
                float[] row = new float[shape.queryWidth()];
                queries.read(r * row.length, row, 0, row.length);
                float[] scores = scores(shape, row, caches[r], position);
                TraceSink sink = rows.step(r).sink();
                sink.operation(OperationKind.ATTN_SCORES, layer, position, scores.clone());
                for (int head = 0; head < shape.heads(); head++) {
                    Attention.weights(scores, head * (position + 1), position + 1, shape.first(position));
                }
                sink.operation(OperationKind.ATTN_WEIGHTS, layer, position, scores);
            }
        }
    }

    private static float[] scores(AttentionShape shape, float[] queries, KvLayer cache, int position) {
        int dim = shape.headDim();
        float[] scores = new float[shape.heads() * (position + 1)];
        for (int p = shape.first(position); p <= position; p++) {
            float[] keys = floats(cache.keys(p));
            for (int head = 0; head < shape.heads(); head++) {
                scores[head * (position + 1) + p] =
                        Attention.score(queries, head * dim, keys, shape.kvHead(head) * dim, dim, shape.scale());
            }
        }
        return scores;
    }

    private static float[] floats(short[] halves) {
        float[] out = new float[halves.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Half.toFloat(halves[i]);
        }
        return out;
    }

    /** Reports a layer's output [rows][width]. */
    void residual(int layer, DeviceArray values, int width) {
        float[] read = values.read(rows.count() * width);
        for (int r = 0; r < rows.count(); r++) {
            rows.step(r).sink().residual(layer, rows.position(r), read, r * width, width);
        }
    }

    /** Reports the middle residual of the stage's last layer [rows][width]. */
    void innerResidual(int layer, DeviceArray values, int width) {
        float[] read = values.read(rows.count() * width);
        for (int r = 0; r < rows.count(); r++) {
            rows.step(r).sink().innerResidual(layer, rows.position(r), read, r * width, width);
        }
    }
}
