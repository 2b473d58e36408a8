package org.hearthnet.node.pipeline.wire;

import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;

/** From a stage to its client, over the control stream. */
public sealed interface StageMessage {
    /** The encoding. */
    Codec<StageMessage> CODEC = Codec.of(StageMessage.class);

    /** Longest reason in bytes. */
    int MAX_REASON = 400;

    /** The stage is ready. */
    @Tag(0)
    record Accepted() implements StageMessage {}

    /** The stage will not run this. */
    @Tag(1)
    record Refused(@Limit(MAX_REASON) String reason) implements StageMessage {}

    /**
     * From the last stage after each frame.
     *
     * @param executed positions executed so far
     * @param token what was drawn at the last of them; none inside the prompt
     */
    @Tag(2)
    record Progress(int executed, Optional<SignedToken> token) implements StageMessage {}

    /**
     * The stage's account of the job; the last message.
     *
     * @param executed positions executed
     * @param receipt the signed {@code Receipt}, if anything was executed
     * @param failure why it ended early, if it did
     */
    @Tag(3)
    record Ended(int executed, Optional<Envelope> receipt, Optional<Failure> failure) implements StageMessage {}

    /**
     * A token with the last stage's signature over the ring's boundary statement.
     *
     * @param token its id
     * @param root root over all tokens up to this one
     * @param signature over {@code BoundaryStatement(job, 0, tokens, root)}
     */
    record SignedToken(int token, Hash32 root, Signature signature) {}

    /**
     * Why a stage ended early.
     *
     * @param suspect number of the stage that is to blame in its eyes; -1 for the client, -2 for nobody in particular
     * @param reason for people
     */
    record Failure(int suspect, @Limit(MAX_REASON) String reason) {
        /** The client did not do its part. */
        public static final int CLIENT = -1;

        /** Nobody in particular. */
        public static final int NOBODY = -2;
    }
}
