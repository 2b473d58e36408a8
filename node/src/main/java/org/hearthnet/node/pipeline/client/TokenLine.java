package org.hearthnet.node.pipeline.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.node.pipeline.wire.BoundaryLine;
import org.hearthnet.node.pipeline.wire.StageMessage;

/** The tokens of one pipeline as the client receives them: each is signed by the last stage. Not thread-safe. */
final class TokenLine {
    private final Assignment assignment;
    private final Shape shape;
    private final BoundaryLine line;
    private final NodeId last;
    private int[] answer = new int[0];
    private int executed;
    private boolean ended;

    TokenLine(Hash32 network, Assignment assignment, int[] prompt, Shape shape) {
        this.assignment = assignment;
        this.shape = shape;
        this.line = new BoundaryLine(network, assignment.id(), 0);
        this.last = assignment.stages().getLast().executor();
        List<Hash32> leaves = new ArrayList<>(prompt.length);
        for (int i = 0; i < prompt.length; i++) {
            leaves.add(Commitments.token(i, prompt[i]));
        }
        line.append(leaves);
    }

    /** Takes the next report; says what is wrong with it, if anything is. */
    Optional<String> take(StageMessage.Progress progress) {
        int prompt = assignment.promptTokens();
        boolean due = progress.executed() >= prompt;
        if (progress.executed() <= executed || (executed >= prompt && progress.executed() != executed + 1)) {
            return Optional.of("went from " + executed + " positions to " + progress.executed());
        }
        if (executed < prompt && progress.executed() > prompt) {
            return Optional.of("skipped the first token");
        }
        if (due != progress.token().isPresent()) {
            return Optional.of(due ? "sent no token" : "sent a token inside the prompt");
        }
        executed = progress.executed();
        return progress.token().flatMap(this::take);
    }

    private Optional<String> take(StageMessage.SignedToken token) {
        if (token.token() < 0 || token.token() >= shape.vocabulary()) {
            return Optional.of("sent the token " + token.token() + " of a vocabulary of " + shape.vocabulary());
        }
        line.append(List.of(Commitments.token(line.positions(), token.token())));
        if (!line.root().equals(token.root()) || !line.verify(last, token.signature())) {
            return Optional.of("sent a token without a good signature");
        }
        answer = Arrays.copyOf(answer, answer.length + 1);
        answer[answer.length - 1] = token.token();
        ended = shape.ends(token.token());
        return Optional.empty();
    }

    /** Root over prompt and answer so far. */
    Hash32 root() {
        return line.root();
    }

    /** The answer so far. */
    int[] answer() {
        return answer.clone();
    }

    /** Whether the model gave its end token. */
    boolean ended() {
        return ended;
    }

    /** Whether nothing more can come. */
    boolean complete() {
        return ended || answer.length == assignment.maxTokens();
    }
}
