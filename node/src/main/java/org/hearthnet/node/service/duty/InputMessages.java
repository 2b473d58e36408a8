package org.hearthnet.node.service.duty;

import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.pipeline.wire.Prompt;

/**
 * How a verifier asks for the inputs of a duty: one request, one answer, then the activations as raw messages. The asking
 * peer's key is its account, so the request needs no signature.
 */
public final class InputMessages {
    /** Largest request. */
    static final int MAX_REQUEST_BYTES = 64;

    /** Largest answer without the activations: the tokens, the path and the signed assignment. */
    static final int MAX_ANSWER_BYTES = 640 << 10;

    /** Largest piece of activations. */
    static final int MAX_PIECE_BYTES = 256 << 10;

    /** Longest reason of a refusal. */
    static final int MAX_REASON_BYTES = 120;

    static final Codec<Request> REQUEST = Codec.of(Request.class);
    static final Codec<Answer> ANSWER = Codec.of(Answer.class);

    private InputMessages() {}

    static String protocol(Hash32 network) {
        return Peers.protocol(network, "duty/1");
    }

    /** Asks for the inputs of {@code duty}. */
    public record Request(Hash32 duty) {}

    /** What comes back. */
    public sealed interface Answer {}

    /** Nothing. */
    @Tag(0)
    public record Refused(@Limit(MAX_REASON_BYTES) String reason) implements Answer {}

    /**
     * The inputs; of stages after the first, {@code activationBytes} of activations follow.
     *
     * @param opening the drawn receipt
     * @param tokens the tokens of a first or last stage with the salt of the prompt
     * @param activationBytes fp32 little-endian, positions x hidden
     */
    @Tag(1)
    public record Served(ReceiptOpening opening, Optional<Prompt> tokens, int activationBytes) implements Answer {}
}
