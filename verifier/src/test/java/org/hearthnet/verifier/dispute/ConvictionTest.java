package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.verifier.check.CheckResult;
import org.hearthnet.verifier.check.StageCheck;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Fault;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.Model;
import org.hearthnet.verifier.model.TinyModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wrong element of any operation of any kind of model is found by re-execution and convicted in a dispute. */
class ConvictionTest {
    private static final int TRIES = 200;

    @ParameterizedTest
    @EnumSource(TinyModel.Kind.class)
    void faultsAreConvictedWhereTheyWerePlanted(TinyModel.Kind kind) {
        long seed = System.nanoTime();
        System.out.println("ConvictionTest of " + kind + ", seed " + seed);
        Random random = new Random(seed);
        int harmless = 0;
        try (Model model = Model.tiny(seed, kind)) {
            for (OperationKind operation : operations(model.manifest.shape())) {
                int tries = 0;
                while (!inject(model, random, operation)) {
                    tries++;
                    assertTrue(tries < TRIES, "no fault in " + operation + " has an effect");
                }
                harmless += tries;
            }
        }
        System.out.println(harmless + " faults had no effect on any commitment");
    }

    private static Set<OperationKind> operations(Shape shape) {
        Set<OperationKind> all = EnumSet.of(OperationKind.SAMPLE);
        for (int layer = 0; layer <= shape.layers(); layer++) {
            all.addAll(OperationVectors.of(shape, layer));
        }
        return all;
    }

    private static boolean inject(Model model, Random random, OperationKind operation) {
        return inject(model, Job.withFaultIn(model, random, operation, random.nextInt(1, 4)));
    }

    /** Whether the fault showed; if it did, the executor was convicted at the right place. */
    private static boolean inject(Model model, Job job) {
        StageInputs inputs = job.inputs(job.liar());
        CheckResult check = StageCheck.run(model.executor(inputs.span()), model.manifest, inputs, model.budget);
        if (check.verdict() == Verdict.AGREE) {
            return false;
        }
        assertEquals(Verdict.DIFFER, check.verdict(), check.reason() + " with " + job.fault);
        try (ExecutedTrace honest = ExecutedTrace.run(model.executor(inputs.span()), inputs, model.budget)) {
            Defender defender = new Defender(model.manifest.shape(), job.trace(job.liar()));
            Challenger challenger = new Challenger(model.manifest, honest, model::weights);
            DisputeGame game = new DisputeGame(model.manifest, defender::next, challenger::next);
            Optional<DisputeDecision> decision = game.play(DisputeReferee.open(job.assignment, inputs.receipt()));
            Fault fault = job.fault;
            var expected = new DisputeDecision(
                    true, fault.layer(), fault.position(), fault.operation() + "[" + fault.element() + "]");
            assertEquals(Optional.of(expected), decision, () -> game.silent + " " + game.reason + " with " + fault);
        }
        return true;
    }
}
