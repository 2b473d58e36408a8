package org.hearthnet.node.pipeline.stage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hearthnet.genesis.crypto.MerkleFrontier;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.node.pipeline.wire.BoundaryLine;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.jspecify.annotations.Nullable;

/** The prompt, then the tokens that the last stage drew; for the first stage. */
final class TokenInput implements InputSide {
    private final StageContext context;
    private final BoundaryLine known;
    private final MerkleFrontier taken = new MerkleFrontier();
    private int[] tokens;
    private int count;
    private @Nullable Signature newest;
    private @Nullable Signature upstream;

    TokenInput(StageContext context, int[] prompt) {
        this.context = context;
        this.tokens = prompt.clone();
        this.count = prompt.length;
        this.known = new BoundaryLine(context.network(), context.job(), 0);
        List<Hash32> leaves = new ArrayList<>(prompt.length);
        for (int i = 0; i < prompt.length; i++) {
            leaves.add(Commitments.token(i, prompt[i]));
        }
        known.append(leaves);
    }

    @Override
    public void arrive(RingMessage message) throws StageFailure {
        if (!(message instanceof RingMessage.Token frame)) {
            throw blame("sent something else than a token");
        }
        if (count > taken.size()) {
            throw blame("sent a token before the last one was used");
        }
        if (frame.token() < 0
                || frame.token() >= context.shape().vocabulary()
                || context.shape().ends(frame.token())) {
            throw blame("sent the token " + frame.token() + " to go on with");
        }
        known.append(List.of(Commitments.token(count, frame.token())));
        if (frame.positions() != known.positions() || !known.root().equals(frame.root())) {
            throw blame("sent a token that does not fit its root");
        }
        if (!known.verify(context.executor(context.upstream()), frame.signature())) {
            throw blame("sent a token without a good signature");
        }
        add(frame.token());
        newest = frame.signature();
    }

    /** Feeds back what this stage drew itself, when it is first and last. */
    void feedBack(int token) {
        known.append(List.of(Commitments.token(count, token)));
        add(token);
    }

    private void add(int token) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, tokens.length + 64);
        }
        tokens[count++] = token;
    }

    @Override
    public OptionalInt ready(int executed, int paid) {
        int end = Math.min(count, paid);
        // Frames end where intervals end: all of the prompt is here, but not in one frame.
        return executed < end ? OptionalInt.of(Math.min(end, context.schedule().next(executed))) : OptionalInt.empty();
    }

    @Override
    public Checked take(int executed, int end) {
        int[] ids = Arrays.copyOfRange(tokens, executed, end);
        for (int i = 0; i < ids.length; i++) {
            taken.append(Commitments.token(executed + i, ids[i]));
        }
        if (end > context.assignment().promptTokens()) {
            upstream = newest;
        }
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(ids);
        return new Checked(new StageInput.Tokens(ids), Bytes.owned(bytes.array()));
    }

    private StageFailure blame(String what) {
        return new StageFailure(context.upstream(), "stage " + context.upstream() + " " + what);
    }

    @Override
    public Hash32 root() {
        return taken.root();
    }

    @Override
    public Optional<Signature> upstream() {
        return Optional.ofNullable(upstream);
    }

    @Override
    public Optional<RingMessage.Ack> acknowledge() {
        // What the client got from the last stage says as much, and covers the last token too, which never comes here.
        return Optional.empty();
    }
}
