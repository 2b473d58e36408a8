package org.hearthnet.node.service.duty;

import java.util.Arrays;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeLimits;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.node.pipeline.wire.Prompt;
import org.hearthnet.verifier.check.InputCheck;
import org.hearthnet.verifier.check.StageInputs;

/** Inputs of a drawn receipt, and their form on the wire. */
record ServedInputs(DrawnReceipt drawn, StageInputs inputs) {
    /** What an executor sends first. */
    static InputMessages.Served header(ReceiptOpening opening, StageInputs inputs) {
        Optional<Prompt> tokens = inputs.salt().map(salt -> Prompt.of(salt, inputs.tokens()));
        return new InputMessages.Served(opening, tokens, inputs.activations().length * Float.BYTES);
    }

    /** Bytes of activations that belong to a receipt; known before any of them is read. */
    static int activationBytes(ModelManifest manifest, DrawnReceipt drawn) throws UnservedException {
        int positions = drawn.receipt().positions();
        if (positions > DisputeLimits.maxPositions(manifest.shape())) {
            throw UnservedException.forNow("served a receipt of " + positions + " positions, which nobody can dispute");
        }
        long bytes = drawn.receipt().stage() == 0
                ? 0
                : (long) positions * manifest.shape().hidden() * Float.BYTES;
        if (bytes > Integer.MAX_VALUE - 64) {
            throw UnservedException.forNow("served a receipt of " + bytes + " bytes of activations");
        }
        return (int) bytes;
    }

    /**
     * Puts together what was served, and checks that it is what the receipt commits to.
     *
     * @param header what came first
     * @param activations fp32 little-endian
     */
    static ServedInputs of(ModelManifest manifest, DrawnReceipt drawn, InputMessages.Served header, byte[] activations)
            throws UnservedException {
        int[] tokens = header.tokens().map(Prompt::ids).orElse(new int[0]);
        StageInputs inputs = new StageInputs(
                drawn.assignment(),
                drawn.receipt(),
                tokens,
                header.tokens().map(Prompt::salt),
                VectorRoot.floats(activations));
        Optional<String> problem = InputCheck.problem(manifest, inputs);
        if (problem.isPresent()) {
            throw UnservedException.forNow("served inputs that do not fit: " + problem.get());
        }
        return new ServedInputs(drawn, inputs);
    }

    /** {@link #of(ModelManifest, DrawnReceipt, InputMessages.Served, byte[])} with the opening still to be checked. */
    static ServedInputs of(
            Hash32 network,
            ModelManifest manifest,
            Duty duty,
            Batch batch,
            InputMessages.Served header,
            byte[] activations)
            throws UnservedException {
        DrawnReceipt drawn = DrawnReceipt.of(network, manifest, duty, batch, header.opening());
        if (activations.length != activationBytes(manifest, drawn)) {
            throw UnservedException.forNow("served " + activations.length + " bytes of activations");
        }
        return of(manifest, drawn, header, activations);
    }

    byte[] activationBytes() {
        float[] values = inputs.activations();
        return values.length == 0 ? new byte[0] : VectorRoot.bytes(values, 0, values.length);
    }

    /** The trace leaves' positions. */
    int positions() {
        return drawn.receipt().positions();
    }

    @Override
    public String toString() {
        return "inputs of "
                + Arrays.toString(new Object[] {
                    drawn.receipt().job().shortHex(), drawn.receipt().stage()
                });
    }
}
