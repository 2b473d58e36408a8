package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.verifier.check.StageCheck;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.Model;
import org.hearthnet.verifier.model.TinyModel;
import org.junit.jupiter.api.Test;

/**
 * An executor with a wrong receipt that shows something else than it computed: whatever it tries, it is convicted or has
 * nothing valid to show, and the honest challenger is never left without a move.
 */
class DesperateExecutorTest {
    @Test
    void alteredMovesDoNotHelp() {
        long seed = System.nanoTime();
        System.out.println("DesperateExecutorTest seed " + seed);
        Random random = new Random(seed);
        int convicted = 0;
        int silent = 0;
        try (Model model = Model.tiny(seed, TinyModel.Kind.UNTIED)) {
            for (int i = 0; convicted + silent < 200; i++) {
                assertTrue(i < 4000, "too many faults without an effect");
                int stages = random.nextInt(1, 4);
                Job job = Job.withFault(model, random, random.nextInt(stages), stages);
                StageInputs inputs = job.inputs(job.liar());
                var executor = model.executor(inputs.span());
                if (StageCheck.run(executor, model.manifest, inputs, model.budget)
                                .verdict()
                        != Verdict.DIFFER) {
                    continue;
                }
                try (ExecutedTrace honest = ExecutedTrace.run(executor, inputs, model.budget)) {
                    if (play(model, random, job, honest)) {
                        convicted++;
                    } else {
                        silent++;
                    }
                }
            }
        }
        assertTrue(convicted > 0 && silent > 0);
        System.out.println(convicted + " convicted, " + silent + " silent");
    }

    private static boolean play(Model model, Random random, Job job, ExecutedTrace honest) {
        Defender defender = new Defender(model.manifest.shape(), job.trace(job.liar()));
        Challenger challenger = new Challenger(model.manifest, honest, model::weights);
        DisputeGame game = new DisputeGame(
                model.manifest,
                state -> defender.next(state).map(move -> random.nextInt(4) == 0 ? altered(random, move) : move),
                challenger::next);
        Optional<DisputeDecision> decision =
                game.play(DisputeReferee.open(job.assignment, honest.inputs().receipt()));
        if (decision.isPresent()) {
            assertTrue(decision.get().executorWrong(), () -> "acquitted: " + decision.get() + " with " + job.fault);
            return true;
        }
        assertEquals(DisputeParty.EXECUTOR, game.silent, () -> game.reason + " with " + job.fault);
        return false;
    }

    private static DisputeMove altered(Random random, DisputeMove move) {
        byte[] bytes = DisputeMove.KIND.codec().encode(move);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        try {
            return DisputeMove.KIND.codec().decode(bytes);
        } catch (CodecException e) {
            return move;
        }
    }
}
