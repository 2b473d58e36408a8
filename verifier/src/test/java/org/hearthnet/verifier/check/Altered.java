package org.hearthnet.verifier.check;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.TinyModel;

/** Inputs and receipts of which one thing is changed. */
final class Altered {
    private Altered() {}

    static int[] negative(int[] tokens) {
        int[] out = tokens.clone();
        out[0] = -1;
        return out;
    }

    static int[] otherToken(int[] tokens) {
        int[] out = tokens.clone();
        out[0] = (out[0] + 1) % TinyModel.VOCABULARY;
        return out;
    }

    static Assignment signedBy(Assignment a, NodeId sender, NodeId receiver) {
        List<Stage> stages = List.of(
                stage(a.stages().get(0), sender),
                a.stages().get(1),
                stage(a.stages().get(2), receiver));
        return new Assignment(
                a.request(),
                a.client(),
                a.escrow(),
                a.manifest(),
                a.arithmeticVersion(),
                a.sampler(),
                a.promptTokens(),
                a.maxTokens(),
                a.promptCommitment(),
                stages);
    }

    private static Stage stage(Stage stage, NodeId executor) {
        return new Stage(executor, stage.layers(), stage.price(), stage.addresses());
    }

    static Receipt signatures(Receipt r, Optional<Signature> up, Optional<Signature> down) {
        return new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                r.positions(),
                r.inputRoot(),
                up,
                r.outputRoot(),
                down,
                r.traceRoot(),
                r.fee(),
                r.layerTokens());
    }

    static StageInputs with(StageInputs i, Receipt receipt) {
        return new StageInputs(i.assignment(), receipt, i.tokens(), i.salt(), i.activations());
    }

    static StageInputs tokens(StageInputs i, int[] tokens) {
        return new StageInputs(i.assignment(), i.receipt(), tokens, i.salt(), i.activations());
    }

    static StageInputs salt(StageInputs i, Optional<Hash32> salt) {
        return new StageInputs(i.assignment(), i.receipt(), i.tokens(), salt, i.activations());
    }

    static StageInputs activation(StageInputs i, float value) {
        float[] changed = i.activations().clone();
        changed[changed.length - 1] = value;
        return new StageInputs(i.assignment(), i.receipt(), i.tokens(), i.salt(), changed);
    }

    static Receipt receipt(Receipt r, Hash32 output, Hash32 trace) {
        return new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                r.positions(),
                r.inputRoot(),
                r.upstream(),
                output,
                r.downstream(),
                trace,
                r.fee(),
                r.layerTokens());
    }

    static Receipt fee(Receipt r, Amount fee) {
        return new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                r.positions(),
                r.inputRoot(),
                r.upstream(),
                r.outputRoot(),
                r.downstream(),
                r.traceRoot(),
                fee,
                r.layerTokens());
    }

    static Receipt executor(Random random, Receipt r) {
        return new Receipt(
                r.job(),
                r.stage(),
                new NodeId(Job.hash(random)),
                r.positions(),
                r.inputRoot(),
                r.upstream(),
                r.outputRoot(),
                r.downstream(),
                r.traceRoot(),
                r.fee(),
                r.layerTokens());
    }

    static Receipt positions(Assignment a, Receipt r, int positions) {
        return new Receipt(
                a.id(),
                r.stage(),
                a.stages().get(r.stage()).executor(),
                positions,
                r.inputRoot(),
                r.upstream(),
                r.outputRoot(),
                r.downstream(),
                r.traceRoot(),
                a.fee(r.stage(), positions),
                a.layerTokens(r.stage(), positions));
    }
}
