package org.hearthnet.inference.exec;

import java.util.Optional;
import java.util.stream.IntStream;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.inference.exec.Split.Part;
import org.hearthnet.inference.kernel.Activations;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** Final norm and output projection of the rows that want logits. */
final class HeadPass {
    private final ModelConfig config;
    private final Split split;
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

    HeadPass(ModelConfig config, Split split, Kernel kernel, StageWeights.Head head) {
        this.config = config;
        this.split = split;
        this.kernel = kernel;
        this.head = head;
    }

    /**
     * Computes logits from {@code x} [rows][what is here of the residual stream].
     *
     * @return logits of the rows that want them or are observed, in row order, until the next call
     */
    Logits run(DeviceArray x, Rows rows, RowTrace trace) {
        int hidden = split.slice(Part.HIDDEN).size();
        int[] chosen = IntStream.range(0, rows.count())
                .filter(r -> rows.wantsLogits(r) || trace.isChosen(r, config.layers()))
                .toArray();
        Buffers to = buffers(chosen.length);
        if (chosen.length > 0) {
            kernel.gather(x, chosen, hidden, to.wanted());
            Activations normed = split.norm(to.wanted(), chosen.length, head.norm(), to.normed(), head.output());
            kernel.matmul(head.output(), normed, to.logits());
        }
        for (int i = 0; i < chosen.length; i++) {
            if (trace.isChosen(chosen[i], config.layers())) {
                report(rows, chosen[i], OperationKind.OUT_NORM, to.normed(), i, hidden);
                report(rows, chosen[i], OperationKind.LOGITS, to.logits(), i, config.vocabulary());
            }
        }
        return new Logits(
                chosen,
                chosen.length == 0 ? Optional.empty() : split.complete(Part.VOCABULARY, to.logits(), chosen.length));
    }

    /** Logits [rows.length][vocabulary] of the rows with the numbers {@code rows}; none where outputs are not complete. */
    @SuppressWarnings("ArrayRecordComponent")
    record Logits(int[] rows, Optional<DeviceArray> values) {}

    private Buffers buffers(int count) {
        Buffers known = buffers;
        if (known == null || known.rows() < count) {
            if (known != null) {
                known.close();
                buffers = null;
            }
            int hidden = split.slice(Part.HIDDEN).size();
            int logits = Math.multiplyExact(count, split.slice(Part.VOCABULARY).size());
            known = new Buffers(
                    count, kernel.allocate(count * hidden), kernel.allocate(count * hidden), kernel.allocate(logits));
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
