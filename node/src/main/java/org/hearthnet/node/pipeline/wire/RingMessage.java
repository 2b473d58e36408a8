package org.hearthnet.node.pipeline.wire;

import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Between neighbours of the ring. Frames go from a stage to the next, {@link Ack}s come back on the same stream. Root and
 * signature of a frame are over the {@code BoundaryStatement} of everything that crossed so far.
 */
public sealed interface RingMessage {
    /** The encoding. */
    Codec<RingMessage> CODEC = Codec.of(RingMessage.class);

    /** The first message: which boundary of which job this stream is. */
    @Tag(0)
    record Join(Hash32 job, int boundary) implements RingMessage {}

    /**
     * The residual stream of the next positions.
     *
     * @param positions positions that the root covers, these included
     * @param root running root
     * @param signature the sender's
     * @param values positions x hidden, fp32 little-endian
     */
    @Tag(1)
    record Activations(
            int positions,
            Hash32 root,
            Signature signature,
            @Limit(Protocols.MAX_ACTIVATION_BYTES) Bytes values) implements RingMessage {}

    /** The token drawn by the last stage; fields as in {@link Activations}. */
    @Tag(2)
    record Token(int positions, Hash32 root, Signature signature, int token) implements RingMessage {}

    /** The receiver's signature over the statement at {@code positions}. */
    @Tag(3)
    record Ack(int positions, Signature signature) implements RingMessage {}
}
