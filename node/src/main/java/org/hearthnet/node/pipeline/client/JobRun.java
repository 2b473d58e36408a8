package org.hearthnet.node.pipeline.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.JobRequest;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.node.pipeline.plan.IntervalSchedule;
import org.hearthnet.node.pipeline.plan.Plan;
import org.hearthnet.node.pipeline.plan.PlanRequest.Candidate;
import org.hearthnet.node.pipeline.wire.Prompt;
import org.hearthnet.node.pipeline.wire.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * One job from request to end. A pipeline that fails is replaced: the tokens received so far join the prompt, and since
 * tokens are drawn by absolute position and seed, the text goes on as if nothing had happened.
 */
final class JobRun {
    private final JobClient client;
    private final JobSpec spec;
    private final JobListener listener;
    private final List<JobOutcome.Attempt> attempts = new ArrayList<>();
    private final List<Purse> purses = new ArrayList<>();
    private final Set<NodeId> failed = new HashSet<>();
    private int[] answer = new int[0];
    private boolean ended;
    private @Nullable JobRequest request;
    private List<Candidate> candidates = List.of();
    private @Nullable Purse purse;

    JobRun(JobClient client, JobSpec spec, JobListener listener) {
        this.client = client;
        this.spec = spec;
        this.listener = listener;
    }

    JobOutcome run() throws JobException, InterruptedException {
        String last = "";
        for (int i = 0; i < client.times().attempts() && !done(); i++) {
            Optional<String> failure = attempt();
            last = failure.orElse("");
            failure.ifPresent(f -> listener.note("attempt failed: " + f));
        }
        if (!done()) {
            throw new JobException(
                    JobException.Kind.FAILED,
                    "given up after " + attempts.size() + " pipelines and " + answer.length + " tokens; the last: "
                            + last);
        }
        return outcome();
    }

    private boolean done() {
        return ended || answer.length == spec.maxTokens() || (!attempts.isEmpty() && listener.enough());
    }

    private Optional<String> attempt() throws JobException, InterruptedException {
        Plan plan = plan();
        Purse paying = fund(plan);
        int[] prompt = Arrays.copyOf(spec.prompt(), spec.prompt().length + answer.length);
        System.arraycopy(answer, 0, prompt, spec.prompt().length, answer.length);
        Prompt opening = Prompt.of(salt(), prompt);
        Assignment assignment = assignment(plan, paying, prompt, opening);
        var shape = spec.manifest().shape();
        var tokens = new TokenLine(client.ledger().network(), assignment, prompt, shape);
        var attempt = new Attempt(
                client.host(),
                client.key(),
                client.ledger().network(),
                assignment,
                paying,
                client.times(),
                IntervalSchedule.of(assignment, Protocols.framePositions(shape.hidden())),
                tokens);
        listener.note("job " + assignment.id().shortHex() + ": " + describe(plan));
        Optional<String> failure = Optional.empty();
        try {
            attempt.run(opening, listener);
        } catch (Attempt.Failed e) {
            failed.addAll(e.suspects());
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
        keep(tokens);
        attempts.add(new JobOutcome.Attempt(assignment.id(), assignment, attempt.receipts(), failure));
        return failure;
    }

    private void keep(TokenLine tokens) {
        int[] more = tokens.answer();
        int had = answer.length;
        answer = Arrays.copyOf(answer, had + more.length);
        System.arraycopy(more, 0, answer, had, more.length);
        ended = tokens.ended();
    }

    /** Plans with the offers there are; when they no longer suffice, asks the market anew. */
    private Plan plan() throws JobException, InterruptedException {
        if (request != null && purse != null) {
            try {
                return client.plan(spec, candidates, failed);
            } catch (JobException e) {
                listener.note("the offers are used up; asking again");
            }
        }
        purse = null;
        request = client.request(spec, spec.prompt().length + answer.length, spec.maxTokens() - answer.length);
        candidates = client.ask(spec, request);
        return client.plan(spec, candidates, failed);
    }

    private Purse fund(Plan plan) throws JobException, InterruptedException {
        Purse open = purse;
        if (open == null || !covers(open, plan)) {
            open = new Funding(client, spec, listener).open(plan, candidates, remaining());
            purse = open;
            purses.add(open);
        }
        return open;
    }

    private boolean covers(Purse open, Plan plan) {
        return plan.stages().stream()
                .allMatch(s -> open.left(s.executor())
                                .compareTo(Amount.of(s.price())
                                        .times((long) s.layers().count() * remaining()))
                        >= 0);
    }

    /** Positions that the next pipeline executes at most. */
    private int remaining() {
        return spec.prompt().length + spec.maxTokens() - 1;
    }

    private Hash32 salt() {
        byte[] salt = new byte[Hash32.BYTES];
        client.random().nextBytes(salt);
        return Hash32.of(salt);
    }

    private Assignment assignment(Plan plan, Purse paying, int[] prompt, Prompt opening) {
        return new Assignment(
                java.util.Objects.requireNonNull(request).id(),
                client.key().id(),
                paying.escrow(),
                spec.manifest().id(),
                spec.manifest().arithmeticVersion(),
                spec.sampler(),
                prompt.length,
                spec.maxTokens() - answer.length,
                Commitments.prompt(opening.salt(), prompt),
                plan.stages());
    }

    private static String describe(Plan plan) {
        return plan.stages().stream()
                .map(s -> "layers " + s.layers() + " by " + s.executor().shortHex())
                .collect(Collectors.joining(", "));
    }

    private JobOutcome outcome() {
        Amount paid = attempts.stream()
                .flatMap(a -> a.receipts().stream())
                .flatMap(Optional::stream)
                .map(Receipt::fee)
                .reduce(Amount.ZERO, Amount::plus);
        Amount promised = purses.stream().map(Purse::total).reduce(Amount.ZERO, Amount::plus);
        JobOutcome.End end = ended
                ? JobOutcome.End.END_TOKEN
                : answer.length == spec.maxTokens() ? JobOutcome.End.TOKEN_LIMIT : JobOutcome.End.STOPPED;
        return new JobOutcome(attempts, answer, end, paid, promised);
    }
}
