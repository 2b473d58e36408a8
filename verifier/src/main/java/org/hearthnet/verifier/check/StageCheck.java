package org.hearthnet.verifier.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;

/** A verifier's duty: executes a stage again and compares roots. */
public final class StageCheck {
    private StageCheck() {}

    /**
     * Checks {@code inputs} and, if they fit the receipt, executes the stage. All positions are checked: attention needs
     * every earlier one anyway.
     *
     * <p>Inputs that do not fit, and jobs that the arithmetic ends with poison, give {@link Verdict#NOT_SERVED}: there no
     * receipt can be right, but there is no operation of a receipt to dispute either.
     *
     * @param executor holds the stage's layers
     * @throws org.hearthnet.inference.exec.KvExhaustedException if {@code budget} does not suffice: nothing was found out
     */
    public static CheckResult run(StageExecutor executor, ModelManifest manifest, StageInputs inputs, KvBudget budget) {
        Optional<String> problem = InputCheck.problem(manifest, inputs);
        if (problem.isPresent()) {
            return new CheckResult(Verdict.NOT_SERVED, problem.get(), List.of());
        }
        Receipt receipt = inputs.receipt();
        var recorder =
                new TraceRecorder(receipt.job(), receipt.stage(), inputs.span().to() - 1);
        try (SequenceState sequence = executor.newSequence(receipt.positions(), budget)) {
            int[] tokens = new TeacherForcing(executor, inputs, recorder, (p, l, o, n) -> {}).run(sequence);
            return compare(manifest, inputs, recorder, tokens);
        } catch (PoisonException e) {
            return new CheckResult(
                    Verdict.NOT_SERVED, "honest execution ends with poison: " + e.getMessage(), List.of());
        }
    }

    private static CheckResult compare(
            ModelManifest manifest, StageInputs inputs, TraceRecorder recorder, int[] tokens) {
        Receipt receipt = inputs.receipt();
        List<Hash32> leaves = recorder.traceLeaves();
        Hash32 output = inputs.isLast() ? Commitments.tokenRoot(tokens, tokens.length) : recorder.boundaryRoot();
        if (!recorder.traceRoot().equals(receipt.traceRoot())) {
            return new CheckResult(Verdict.DIFFER, "the trace differs", leaves);
        }
        if (!output.equals(receipt.outputRoot())) {
            return new CheckResult(Verdict.DIFFER, "the output differs", leaves);
        }
        if (inputs.isFirst()
                && inputs.isLast()
                && Arrays.mismatch(inputs.tokens(), tokens) >= 0
                && Arrays.mismatch(inputs.tokens(), tokens) < receipt.positions()) {
            // The whole pipeline feeds itself; no neighbour signs for what it was fed.
            return new CheckResult(Verdict.DIFFER, "it was fed with other tokens than it drew", leaves);
        }
        int prompt = inputs.assignment().promptTokens();
        for (int i = prompt; inputs.isLast() && i < tokens.length - 1; i++) {
            if (manifest.shape().ends(tokens[i])) {
                return new CheckResult(
                        Verdict.NOT_SERVED, "positions after the end of the answer are not paid for", List.of());
            }
        }
        return new CheckResult(Verdict.AGREE, "same trace and output", leaves);
    }
}
