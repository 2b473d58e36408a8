package org.hearthnet.node.service.duty;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.dispute.Challenger;
import org.hearthnet.verifier.dispute.Defender;

/** The moves of both sides of a dispute. Blocking, and heavy at the first move, which executes the stage. */
final class DisputeWork implements AutoCloseable {
    private static final NodeLog LOG = NodeLog.of("dispute");

    private final Hash32 network;
    private final Workbench bench;
    private final ExecutorWork executors;
    private final VerifierWork verifiers;
    private final Traces traces = new Traces();

    DisputeWork(Hash32 network, Workbench bench, ExecutorWork executors, VerifierWork verifiers) {
        this.network = network;
        this.bench = bench;
        this.executors = executors;
        this.verifiers = verifiers;
    }

    /** The executor's next move. */
    Optional<TransactionBody> defend(Duty duty, Batch batch, DisputeState state) throws Exception {
        int stage = state.receipt().stage();
        return move(
                duty,
                state,
                traces.with(
                        duty.id(),
                        () -> {
                            StageInputs inputs = executors.inputs(duty, batch);
                            return Traces.Held.run(
                                    bench.layers().own(inputs.assignment(), stage), inputs, bench.budget());
                        },
                        trace -> new Defender(
                                        bench.manifest().shape(), bench.layers().shown(trace))
                                .next(state)));
    }

    /** The challenger's next move; none if it finds no difference any more. */
    Optional<TransactionBody> challenge(Duty duty, Batch batch, DisputeState state, Deadline deadline)
            throws Exception {
        return move(
                duty,
                state,
                traces.with(
                        duty.id(),
                        () -> {
                            StageInputs inputs = verifiers
                                    .disputed(network, duty, batch, deadline)
                                    .inputs();
                            return Traces.Held.run(bench.layers().honest(inputs.span()), inputs, bench.budget());
                        },
                        trace -> new Challenger(bench.manifest(), trace, bench.weights()).next(state)));
    }

    private static Optional<TransactionBody> move(Duty duty, DisputeState state, Optional<DisputeMove> move) {
        move.ifPresent(m -> LOG.info(
                "dispute %s about job %s stage %d: %s",
                duty.id().shortHex(),
                state.receipt().job().shortHex(),
                state.receipt().stage(),
                describe(m)));
        return move.map(m -> new TransactionBody.MoveInDispute(duty.id(), m));
    }

    private static String describe(DisputeMove move) {
        return switch (move) {
            case DisputeMove.ShowLayers show -> "showing roots of all layers";
            case DisputeMove.ShowPositions show -> "showing " + show.leaves().size() + " positions";
            case DisputeMove.ShowOperations show -> "showing roots of all operations";
            case DisputeMove.ShowVector show -> "showing the claimed result";
            case DisputeMove.PickLayer pick -> "first difference in layer " + pick.layer();
            case DisputeMove.PickPosition pick -> "first difference at position " + pick.position();
            case DisputeMove.PickOperation pick -> "first difference in " + pick.operation();
            case DisputeMove.Prove prove -> "proving one element wrong";
        };
    }

    /** Forgets disputes that are over. */
    void retain(java.util.function.Predicate<Hash32> open) {
        traces.retain(open);
    }

    @Override
    public void close() {
        traces.close();
    }
}
