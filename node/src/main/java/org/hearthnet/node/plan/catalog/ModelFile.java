package org.hearthnet.node.plan.catalog;

import java.util.List;
import org.hearthnet.node.plan.ModelShape;

/**
 * The form of the list of models.
 *
 * @param models the entries
 */
record ModelFile(List<Entry> models) {
    private static final int HALF_PRECISION_BYTES = 2;

    /** A model of the Llama family: attention with four projections, a gated feed-forward layer with three. */
    record Entry(
            String id,
            String name,
            int layers,
            int hidden,
            int heads,
            int keyValueHeads,
            int headSize,
            int feedForward,
            int vocabulary,
            boolean tied,
            double bytesPerWeight,
            int maxContext,
            String source) {
        /** Norms and biases are left out: less than a thousandth. A tied embedding is held once, and read as the output. */
        ModelShape shape() {
            double table = (double) vocabulary * hidden;
            return new ModelShape(
                    name,
                    layers,
                    hidden,
                    heads,
                    keyValueHeads,
                    headSize,
                    attentionWeights() + 3.0 * hidden * feedForward,
                    tied ? 0 : table,
                    table,
                    bytesPerWeight,
                    HALF_PRECISION_BYTES,
                    HALF_PRECISION_BYTES,
                    maxContext);
        }

        /** Queries and output, keys and values. */
        private double attentionWeights() {
            return 2.0 * hidden * heads * headSize + 2.0 * hidden * keyValueHeads * headSize;
        }
    }
}
