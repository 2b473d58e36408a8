package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.positive;
import static org.hearthnet.node.plan.PlanException.require;

/**
 * A transformer as the cost model sees it.
 *
 * @param name for people
 * @param layers transformer blocks
 * @param hidden elements of the vector between two layers
 * @param heads query heads
 * @param keyValueHeads heads whose keys and values are kept, fewer than {@code heads} with grouped-query attention (Ainslie
 *     et al., "GQA", 2023)
 * @param headSize elements of a head
 * @param layerWeights parameters of one layer
 * @param inputWeights parameters of the embedding table, which the first stage holds; a pass reads one row of it a token
 * @param outputWeights parameters of the output projection, which the last stage holds and reads
 * @param bytesPerWeight on average, 2 for fp16
 * @param bytesPerActivation of an element sent between stages
 * @param bytesPerCacheElement of an element of the KV cache
 * @param maxContext positions that the model was made for
 */
public record ModelShape(
        String name,
        int layers,
        int hidden,
        int heads,
        int keyValueHeads,
        int headSize,
        double layerWeights,
        double inputWeights,
        double outputWeights,
        double bytesPerWeight,
        int bytesPerActivation,
        int bytesPerCacheElement,
        int maxContext) {
    /** Checks that it is a model at all. */
    public ModelShape {
        require(layers > 0, "a model needs at least one layer; " + name + " has " + layers);
        require(
                hidden > 0 && heads > 0 && keyValueHeads > 0 && headSize > 0,
                "a model needs a width and heads; " + name + " has hidden " + hidden + ", " + heads + " heads, "
                        + keyValueHeads + " heads of keys and values, " + headSize + " elements a head");
        require(heads % keyValueHeads == 0, name + ": " + heads + " heads cannot share " + keyValueHeads + " evenly");
        positive(layerWeights, name + ": the parameters of a layer");
        PlanException.notNegative(inputWeights, name + ": the parameters of the embedding");
        PlanException.notNegative(outputWeights, name + ": the parameters of the output projection");
        positive(bytesPerWeight, name + ": the bytes of a weight");
        require(
                bytesPerActivation > 0 && bytesPerCacheElement > 0,
                name + ": activations and cache elements need at least one byte");
        require(maxContext > 0, name + ": the context must be at least one position");
    }

    /** All parameters. */
    public double parameters() {
        return layers * layerWeights + inputWeights + outputWeights;
    }

    /** Bytes of all weights. */
    public double weightBytes() {
        return parameters() * bytesPerWeight;
    }

    /** Bytes of one token's vector between two layers. */
    public double activationBytes() {
        return (double) hidden * bytesPerActivation;
    }

    /** The first {@code count} layers of it, as a stage that runs them alone sees them. */
    public ModelShape withLayers(int count) {
        return new ModelShape(
                name,
                count,
                hidden,
                heads,
                keyValueHeads,
                headSize,
                layerWeights,
                inputWeights,
                outputWeights,
                bytesPerWeight,
                bytesPerActivation,
                bytesPerCacheElement,
                maxContext);
    }

    /** With other precision of weights. */
    public ModelShape withBytesPerWeight(double bytes) {
        return new ModelShape(
                name,
                layers,
                hidden,
                heads,
                keyValueHeads,
                headSize,
                layerWeights,
                inputWeights,
                outputWeights,
                bytes,
                bytesPerActivation,
                bytesPerCacheElement,
                maxContext);
    }
}
