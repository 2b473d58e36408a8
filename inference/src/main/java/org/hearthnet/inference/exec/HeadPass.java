package org.hearthnet.inference.exec;

import java.util.stream.IntStream;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** Final norm and output projection of the rows that want logits. */
final class HeadPass {
    private final ModelConfig config;
    private final Kernel kernel;
    private final StageWeights.Head head;
    private @Nullable Buffers buffers;

    /** [rows][hidden] twice and [rows][vocabulary], grown to the most rows so far and reused. */
    private record Buffers(int rows, DeviceArray wanted, DeviceArray normed, DeviceArray logits) {
        void close() {
            wanted.close();
            normed.close();
            logits.close();
        }
    }

    HeadPass(ModelConfig config, Kernel kernel, StageWeights.Head head) {
        this.config = config;
        this.kernel = kernel;
        this.head = head;
    }

    /**
     * Computes logits from {@code x} [rows][hidden].
     *
     * @return logits of the rows that want them or are observed, in row order, until the next call
     */
    Logits run(DeviceArray x, Rows rows, RowTrace trace) {
        int hidden = config.hidden();
        int[] chosen = IntStream.range(0, rows.count())
                .filter(r -> rows.wantsLogits(r) || trace.isChosen(r, config.layers()))
                .toArray();
        Buffers to = buffers(chosen.length);
        if (chosen.length > 0) {
            kernel.gather(x, chosen, hidden, to.wanted());
            kernel.rmsNorm(to.wanted(), chosen.length, hidden, head.norm(), config.epsilon(), to.normed());
            kernel.matmul(head.output(), kernel.activations(to.normed(), chosen.length, hidden), to.logits());
        }
        for (int i = 0; i < chosen.length; i++) {
            if (trace.isChosen(chosen[i], config.layers())) {
                report(rows, chosen[i], OperationKind.OUT_NORM, to.normed(), i, hidden);
                report(rows, chosen[i], OperationKind.LOGITS, to.logits(), i, config.vocabulary());
            }
        }
        return new Logits(chosen, to.logits());
    }

    /** Logits [rows.length][vocabulary] of the rows with the numbers {@code rows}. */
    @SuppressWarnings("ArrayRecordComponent")
    record Logits(int[] rows, DeviceArray values) {}

    private Buffers buffers(int count) {
        Buffers known = buffers;
        if (known == null || known.rows() < count) {
            if (known != null) {
                known.close();
                buffers = null;
            }
            int logits = Math.multiplyExact(count, config.vocabulary());
            known = new Buffers(
                    count,
                    kernel.allocate(count * config.hidden()),
                    kernel.allocate(count * config.hidden()),
                    kernel.allocate(logits));
            buffers = known;
        }
        return known;
    }

    private void report(Rows rows, int r, OperationKind kind, DeviceArray values, int at, int width) {
        TraceSink sink = rows.step(r).sink();
        float[] copy = new float[width];
        values.read(at * width, copy, 0, width);
        sink.operation(kind, config.layers(), rows.position(r), copy);
    }
}
