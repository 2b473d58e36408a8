package org.hearthnet.verifier.dispute;

import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.LayerLeaf;
import org.hearthnet.verifier.check.StageInputs;

/**
 * Everything that a stage computes from some inputs, as far as a dispute asks for it. Layers are counted in the whole model;
 * the output head is the layer after the last.
 */
public interface StageTrace {
    /** What it was computed from. */
    StageInputs inputs();

    /** What a layer committed to at a position. */
    LayerLeaf leaf(int layer, int position);

    /** Root of the residual stream inside the last layer. */
    Hash32 middle(int position);

    /** Root of the logits of a position that draws a token; of a last stage only. */
    Hash32 logits(int position);

    /** Prompt and drawn tokens; of a last stage only. The array must not be written to. */
    int[] tokens();

    /** The result of an operation, little-endian, see {@code OperationVectors}; {@code SAMPLE} has none. */
    byte[] vector(OperationKind operation, int layer, int position);

    /** The residual stream that enters a layer or the head, little-endian fp32. */
    byte[] input(int layer, int position);

    /** The cached key, little-endian fp16. */
    byte[] key(int layer, int position);

    /** The cached value, little-endian fp16. */
    byte[] value(int layer, int position);
}
