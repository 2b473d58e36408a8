package org.hearthnet.genesis.proof;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * One row of a weight tensor, opened to the tensor's root in the manifest.
 *
 * @param row the row's bytes exactly as in the GGUF file
 * @param path siblings from {@link Commitments#weightRow} to the root
 */
public record WeightOpening(
        @Limit(DisputeLimits.MAX_MOVE_BYTES) Bytes row,
        @Limit(32) List<Hash32> path) {}
