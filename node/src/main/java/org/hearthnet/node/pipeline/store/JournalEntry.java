package org.hearthnet.node.pipeline.store;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.node.pipeline.wire.Prompt;
import org.hearthnet.node.pipeline.wire.Protocols;

/** What an executor writes down of one stage of one job, in this order and before it answers the work or the money. */
public sealed interface JournalEntry {
    /** The encoding. */
    Codec<JournalEntry> CODEC = Codec.of(JournalEntry.class);

    /** Largest encoded entry. */
    int MAX_BYTES = Protocols.MAX_RING_BYTES + (64 << 10);

    /**
     * The stage was accepted.
     *
     * @param assignment the signed assignment
     * @param stage which stage
     * @param prompt what the first and the last stage were given
     */
    @Tag(0)
    record Opened(Envelope assignment, int stage, Optional<Prompt> prompt) implements JournalEntry {}

    /** An interval was paid. */
    @Tag(1)
    record Paid(Voucher voucher, Signature signature) implements JournalEntry {}

    /**
     * Positions were executed.
     *
     * @param positions executed so far
     * @param input the activations that came in, fp32 little-endian, or the tokens, 4 bytes little-endian
     * @param inputRoot root over all input so far
     * @param upstream the sender's signature over it
     * @param outputRoot root over all output so far
     * @param token the token drawn, or -1
     * @param traces trace leaves of these positions
     */
    @Tag(2)
    record Executed(
            int positions,
            @Limit(Protocols.MAX_ACTIVATION_BYTES) Bytes input,
            Hash32 inputRoot,
            Optional<Signature> upstream,
            Hash32 outputRoot,
            int token,
            @Limit(Protocols.MAX_FRAME_POSITIONS) List<Hash32> traces)
            implements JournalEntry {}

    /** The receiver's signature over the output root after {@code positions} executed positions. */
    @Tag(3)
    record Acknowledged(int positions, Signature signature) implements JournalEntry {}

    /** The account is closed. */
    @Tag(4)
    record Closed(Receipt receipt) implements JournalEntry {}
}
