package org.hearthnet.genesis.proof;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * One chunk of a vector, opened to its {@link VectorRoot}.
 *
 * @param data the chunk's bytes
 * @param path siblings from its leaf to the root
 */
public record VectorSlice(
        @Limit(DisputeLimits.MAX_MOVE_BYTES) Bytes data,
        @Limit(32) List<Hash32> path) {}
