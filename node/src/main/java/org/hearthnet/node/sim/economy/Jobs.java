package org.hearthnet.node.sim.economy;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.spec.ModelManifest;

/** Jobs of the simulator: one stage that runs a tiny model as a whole, of a length that makes any fee. */
final class Jobs {
    /** A tiny model; nobody runs it. */
    static final ModelManifest MODEL = new ModelManifest(
            "simulated",
            "llama",
            1,
            ModelManifest.Shape.plain(4, 32, 2, 1, 16, 64, 128, 64, 1e-5f, 10_000f, 2),
            Hash32.ZERO,
            List.of(new ModelManifest.Tensor("token_embd.weight", "Q8_0", 64, 32, Hash32.ZERO)));

    /** All its layers. */
    static final LayerSpan WHOLE = new LayerSpan(0, 4);

    private static final int POSITIONS = 100;

    /** Fees are multiples of this many sparks: layers times positions. */
    static final long LAYER_TOKENS = (long) WHOLE.to() * POSITIONS;

    private static final Hash32 LIE = Hashing.in("hearth/sim-lie/1").add(1).finish();

    private Jobs() {}

    /** {@code fee} rounded down to what a job can cost. */
    static Amount round(Amount fee) {
        return Amount.of(fee.sparks() / LAYER_TOKENS * LAYER_TOKENS);
    }

    /** The assignment of a job that costs {@code fee}; {@code salt} makes it another job. */
    static Assignment assignment(Member client, Member executor, Hash32 escrow, Amount fee, Hash32 salt) {
        Stage stage = new Stage(executor.id(), WHOLE, fee.sparks() / LAYER_TOKENS, List.of());
        return new Assignment(
                salt,
                client.id(),
                escrow,
                MODEL.id(),
                1,
                new SamplerSettings(0, 0, 1, 0),
                1,
                POSITIONS - 1,
                salt,
                List.of(stage));
    }

    /** The executor's receipt. */
    static Receipt receipt(Assignment assignment, boolean right) {
        Hash32 job = assignment.id();
        Hash32 trace = right ? TruthReferee.truth(job, 0) : LIE;
        return new Receipt(
                job,
                0,
                assignment.stages().getFirst().executor(),
                POSITIONS,
                assignment.promptCommitment(),
                Optional.empty(),
                trace,
                Optional.empty(),
                trace,
                assignment.fee(0, POSITIONS),
                assignment.layerTokens(0, POSITIONS));
    }
}
