package org.hearthnet.node.chain;

import java.util.List;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;

/** What nodes say to one another to follow the chain: one question, one answer, a stream for each. */
public final class SyncMessages {
    /** Most blocks of one answer. */
    static final int MAX_BLOCKS = 64;

    /** After this many bytes an answer takes no further block; the first block always goes in. */
    static final int TARGET_BYTES = 2 << 20;

    /** Largest question in bytes. */
    static final int MAX_REQUEST_BYTES = 4096;

    /** Largest answer in bytes: {@link #TARGET_BYTES} and one more block. */
    static final int MAX_RESPONSE_BYTES = TARGET_BYTES + Message.MAX_BYTES + 4096;

    static final Codec<Request> REQUEST = Codec.of(Request.class);
    static final Codec<Response> RESPONSE = Codec.of(Response.class);

    private SyncMessages() {}

    /** A question. */
    public sealed interface Request {}

    /** "I have this much; and you?" The certificate proves the height: a bare number would prove nothing. */
    @Tag(0)
    public record Hello(Hash32 network, SealedHeader tip) implements Request {}

    /** "Show me {@code count} blocks from height {@code from}." */
    @Tag(1)
    public record Range(long from, int count) implements Request {}

    /** An answer. */
    public sealed interface Response {}

    /** The answer to {@link Hello}. */
    @Tag(0)
    public record Tip(Hash32 network, SealedHeader tip) implements Response {}

    /** The answer to {@link Range}: blocks one after another from the height asked for; none if there is none. */
    @Tag(1)
    public record Blocks(@Limit(MAX_BLOCKS) List<SealedBlock> blocks) implements Response {}

    /** No answer, and why. */
    @Tag(2)
    public record Refusal(@Limit(200) String reason) implements Response {}
}
