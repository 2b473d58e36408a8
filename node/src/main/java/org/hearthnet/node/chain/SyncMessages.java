package org.hearthnet.node.chain;

import java.util.List;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.light.ProvenRecord;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.store.PastStates;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.RangeProof;
import org.hearthnet.ledger.tree.StateProof;

/** What nodes say to one another to follow the chain: one question, one answer, a stream for each. */
public final class SyncMessages {
    /** Most blocks of one answer. */
    static final int MAX_BLOCKS = 64;

    /** Most headers of one answer to a light client. */
    static final int MAX_STEPS = 16;

    /** After this many bytes an answer takes no further block; the first block always goes in. */
    static final int TARGET_BYTES = 2 << 20;

    /** An answer with records of the state takes no further record after so many bytes. */
    static final int PIECE_BYTES = 512 << 10;

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

    /** "Prove the record of the state under this key, or that there is none." */
    @Tag(2)
    public record Prove(@Limit(StateProof.MAX_KEY) Bytes key) implements Request {}

    /** "Show me the headers of heights {@code from}, {@code from + stride}, ... with the committees that they name." */
    @Tag(3)
    public record Steps(long from, long stride, int count) implements Request {}

    /** "Show me the header with this hash, with the committees that it names." */
    @Tag(4)
    public record StepOf(Hash32 block) implements Request {}

    /**
     * "Show me the state after this block from the path {@code from} on, in {@code within}." The answer is as much as goes into one
     * message.
     */
    @Tag(5)
    public record StateFrom(Hash32 block, Hash32 from, PathRange within) implements Request {}

    /** An answer. */
    public sealed interface Response {}

    /** The answer to {@link Hello}. */
    @Tag(0)
    public record Tip(Hash32 network, SealedHeader tip) implements Response {}

    /** The answer to {@link Range}: blocks one after another from the height asked for; none if there is none. */
    @Tag(1)
    public record Blocks(@Limit(MAX_BLOCKS) List<SealedBlock> blocks) implements Response {}

    /** The answer to {@link Prove}. */
    @Tag(3)
    public record Proven(ProvenRecord record) implements Response {}

    /** The answer to {@link Steps} and {@link StepOf}: as many as there are. */
    @Tag(4)
    public record Trust(@Limit(MAX_STEPS) List<TrustStep> steps) implements Response {}

    /** The answer to {@link StateFrom}: the first range from there with all its records; see {@link RangeProof#verify}. */
    @Tag(5)
    public record Piece(
            PathRange range, @Limit(PastStates.MAX_RECORDS) List<RangeProof.KeyValue> records, RangeProof proof)
            implements Response {}

    /** The answer to {@link StateFrom} if that state is not here: those after these blocks are, the first and the last one. */
    @Tag(6)
    public record NoState(long oldest, long newest) implements Response {}

    /** No answer, and why. */
    @Tag(2)
    public record Refusal(@Limit(200) String reason) implements Response {}
}
