package org.hearthnet.node.pipeline.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.node.pipeline.wire.BoundaryLine;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.hearthnet.node.pipeline.wire.StageMessage;
import org.jspecify.annotations.Nullable;

/** Tokens for the client and for the first stage; for the last stage. */
final class TokenOutput implements OutputSide {
    private final StageContext context;
    private final Client client;
    private final @Nullable RingLink link;
    private final @Nullable TokenInput self;
    private final BoundaryLine line;
    private int executed;
    private StageMessage.@Nullable SignedToken next;
    private boolean complete;

    /** Where progress goes. */
    @FunctionalInterface
    interface Client {
        void send(StageMessage message) throws IOException;
    }

    /**
     * Output of a last stage.
     *
     * @param link to the first stage, unless it is this one
     * @param self the input to feed back to, if this is the first stage too
     */
    TokenOutput(StageContext context, int[] prompt, Client client, @Nullable RingLink link, @Nullable TokenInput self) {
        this.context = context;
        this.client = client;
        this.link = link;
        this.self = self;
        this.line = new BoundaryLine(context.network(), context.job(), 0);
        List<Hash32> leaves = new ArrayList<>(prompt.length);
        for (int i = 0; i < prompt.length; i++) {
            leaves.add(Commitments.token(i, prompt[i]));
        }
        line.append(leaves);
    }

    @Override
    public void add(StageEngine.Frame frame, int end) {
        executed = end;
        next = null;
        if (frame.token().isPresent()) {
            int token = frame.token().getAsInt();
            line.append(List.of(Commitments.token(line.positions(), token)));
            int most =
                    context.assignment().promptTokens() + context.assignment().maxTokens();
            complete = context.shape().ends(token) || line.positions() == most;
            next = new StageMessage.SignedToken(token, line.root(), line.sign(context.key()));
        }
    }

    @Override
    public void send() throws IOException {
        client.send(new StageMessage.Progress(executed, Optional.ofNullable(next)));
        if (next == null || complete) {
            return; // the last token is for the client only
        }
        if (self != null) {
            self.feedBack(next.token());
        } else if (link != null) {
            link.send(new RingMessage.Token(line.positions(), next.root(), next.signature(), next.token()));
        }
    }

    @Override
    public Hash32 root() {
        return line.root();
    }

    @Override
    public boolean accept(RingMessage.Ack ack) throws StageFailure {
        throw new StageFailure(context.downstream(), "stage " + context.downstream() + " acknowledged a token");
    }

    @Override
    public boolean isAcknowledged() {
        return true;
    }

    @Override
    public boolean complete() {
        return complete;
    }
}
