package org.hearthnet.node.plan.catalog;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Link;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.PlanException;
import org.jspecify.annotations.Nullable;

/**
 * Measurements in place of figures on paper: {@code {"inference": ..., "links": [...]}}, or the document of {@code hearth bench
 * inference --json} alone.
 *
 * @param inference what a model did on a device
 * @param links measured ways, the first one between hosts
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Measured(
        @Nullable Inference inference, @Nullable List<MeasuredLink> links) {
    /**
     * Of {@code bench inference}; its other fields are not needed.
     *
     * @param gigabytesPerSecond of weights read while decoding at batch 1
     * @param prefillTokensPerSecond of a long prompt: bound by arithmetic
     * @param decodeTokensPerSecondBatch16 of sixteen sequences together
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Inference(
            String model,
            double gigabytesPerSecond,
            double prefillTokensPerSecond,
            double decodeTokensPerSecondBatch16) {}

    /**
     * A measured way.
     *
     * @param name for people
     * @param gigabits a second in one direction
     * @param messageMicroseconds that a small message takes one way
     */
    public record MeasuredLink(String name, double gigabits, double messageMicroseconds) {
        private static final double MICRO = 1e-6;

        Link link() {
            return Link.gigabits(name, gigabits, messageMicroseconds * MICRO);
        }
    }

    /**
     * Reads either form.
     *
     * @throws PlanException if it is neither
     */
    public static Measured parse(String name, byte[] json) {
        JsonNode tree = PlanJson.parse(name, json, JsonNode.class);
        Measured out = tree.has("gigabytesPerSecond")
                ? new Measured(PlanJson.parse(name, json, Inference.class), null)
                : PlanJson.parse(name, json, Measured.class);
        PlanException.require(
                out.inference != null || out.links != null,
                name + " has neither \"inference\", as hearth bench inference --json prints it, nor \"links\"");
        return out;
    }

    /**
     * {@code onPaper} with the speeds that were measured: the memory's out of decoding one sequence, where reading weights is
     * all that takes time; the arithmetic's out of the prompt or of sixteen sequences, whichever got more done.
     *
     * @param measuredShape the model that was measured
     */
    public Device device(Device onPaper, ModelShape measuredShape) {
        if (inference == null) {
            return onPaper;
        }
        double perToken = 2 * (measuredShape.parameters() - measuredShape.inputWeights());
        double tokens = Math.max(inference.prefillTokensPerSecond(), inference.decodeTokensPerSecondBatch16());
        PlanException.require(
                tokens > 0 && inference.gigabytesPerSecond() > 0,
                "the measurements have no speeds of more than zero: run hearth bench inference --json again");
        return onPaper.measured(onPaper.name() + ", measured", perToken * tokens, inference.gigabytesPerSecond() * 1e9);
    }

    /** The way between hosts, if one was measured. */
    public Optional<Link> link() {
        return links == null || links.isEmpty()
                ? Optional.empty()
                : Optional.of(links.getFirst().link());
    }
}
