package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.verifier.check.CheckResult;
import org.hearthnet.verifier.check.StageCheck;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Fault;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.Model;
import org.hearthnet.verifier.model.TinyModel;
import org.junit.jupiter.api.Test;

/** Every single wrong element, wherever it is, is found by re-execution and convicted in a dispute. */
class ConvictionTest {
    private static final int INJECTIONS = 240;

    @Test
    void everyFaultIsConvictedWhereItWasPlanted() {
        long seed = System.nanoTime();
        System.out.println("ConvictionTest seed " + seed);
        Random random = new Random(seed);
        Set<OperationKind> convicted = EnumSet.noneOf(OperationKind.class);
        int convictions = 0;
        int harmless = 0;
        List<Model> models = Arrays.stream(TinyModel.Kind.values())
                .map(kind -> Model.tiny(seed + kind.ordinal(), kind))
                .toList();
        try {
            for (int i = 0; convictions < INJECTIONS || convicted.size() < OperationKind.values().length; i++) {
                assertTrue(i < 20 * INJECTIONS, "too many faults without an effect");
                Model model = models.get(random.nextInt(models.size()));
                int stages = random.nextInt(1, 4);
                Job job = Job.withFault(model, random, random.nextInt(stages), stages);
                if (inject(model, job)) {
                    convictions++;
                    convicted.add(job.fault.operation());
                } else {
                    harmless++;
                }
            }
        } finally {
            models.forEach(Model::close);
        }
        System.out.println(convictions + " faults convicted, " + harmless + " without an effect on any commitment");
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
