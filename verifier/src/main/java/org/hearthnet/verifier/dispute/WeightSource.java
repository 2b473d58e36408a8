package org.hearthnet.verifier.dispute;

import org.hearthnet.genesis.proof.WeightOpening;

/** Rows of a model's weights with their paths to the manifest. */
@FunctionalInterface
public interface WeightSource {
    /** Row {@code row} of {@code tensor}, named as in GGUF. */
    WeightOpening open(String tensor, int row);
}
