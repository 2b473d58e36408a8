package org.hearthnet.inference.exec;

import java.util.stream.IntStream;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.trace.TraceSink;

/** Final norm and output projection of the rows that want logits. */
final class HeadPass {
    private final ModelConfig config;
    private final Kernel kernel;
    private final StageWeights.Head head;

    HeadPass(ModelConfig config, Kernel kernel, StageWeights.Head head) {
        this.config = config;
        this.kernel = kernel;
        this.head = head;
    }

    /**
     * Computes logits from {@code x} [rows][hidden].
     *
     * @return [rows that want logits or are observed][vocabulary], in row order, with the rows' numbers
     */
    Logits run(float[] x, Rows rows, RowTrace trace) {
        int hidden = config.hidden();
        int[] chosen = IntStream.range(0, rows.count())
                .filter(r -> rows.wantsLogits(r) || trace.isChosen(r, config.layers()))
                .toArray();
        float[] wanted = new float[chosen.length * hidden];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(x, chosen[i] * hidden, wanted, i * hidden, hidden);
        }
        float[] normed = new float[wanted.length];
        float[] logits = new float[Math.multiplyExact(chosen.length, config.vocabulary())];
        kernel.rmsNorm(wanted, chosen.length, hidden, head.norm(), config.epsilon(), normed);
        kernel.matmul(head.output(), kernel.activations(normed, chosen.length, hidden), logits);
        for (int i = 0; i < chosen.length; i++) {
            if (trace.isChosen(chosen[i], config.layers())) {
                report(rows, chosen[i], OperationKind.OUT_NORM, normed, i * hidden, hidden);
                report(rows, chosen[i], OperationKind.LOGITS, logits, i * config.vocabulary(), config.vocabulary());
            }
        }
        return new Logits(chosen, logits);
    }

    /** Logits of the rows with the numbers {@code rows}. */
    @SuppressWarnings("ArrayRecordComponent")
    record Logits(int[] rows, float[] values) {}

    private void report(Rows rows, int r, OperationKind kind, float[] values, int from, int length) {
        TraceSink sink = rows.step(r).sink();
        float[] copy = java.util.Arrays.copyOfRange(values, from, from + length);
        sink.operation(kind, config.layers(), rows.position(r), copy);
    }
}
