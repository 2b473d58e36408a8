package org.hearthnet.node.service.duty;

import java.io.IOException;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.pipeline.stage.ModelEngine.Borrowed;
import org.hearthnet.verifier.check.CheckResult;
import org.hearthnet.verifier.check.StageCheck;

/** A verifier's steps: fetch, execute again, seal, reveal. Blocking; each call on a thread of its own. */
final class VerifierWork {
    private static final NodeLog LOG = NodeLog.of("verify");

    private final NodeId self;
    private final InputFetcher fetcher;
    private final Workbench bench;
    private final Tags tags;
    private final KeptInputs kept;

    VerifierWork(NodeId self, InputFetcher fetcher, Workbench bench, Tags tags, KeptInputs kept) {
        this.self = self;
        this.fetcher = fetcher;
        this.bench = bench;
        this.tags = tags;
        this.kept = kept;
    }

    /**
     * Finds out about a receipt.
     *
     * @throws UnservedException if there is nothing to find out about
     * @throws IOException if inputs of a wrong receipt could not be kept: without them a dispute is lost
     */
    TransactionBody check(Duty duty, Batch batch, Deadline deadline) throws UnservedException, IOException {
        ServedInputs inputs = fetcher.fetch(duty, batch, deadline);
        CheckResult result = execute(inputs);
        Hash32 id = duty.id();
        LOG.info(
                "duty %s: %s on %d positions of stage %d of job %s by %s (%s)",
                id.shortHex(),
                result.verdict(),
                inputs.positions(),
                inputs.drawn().receipt().stage(),
                inputs.drawn().receipt().job().shortHex(),
                duty.executor().shortHex(),
                result.reason());
        return switch (result.verdict()) {
            case AGREE -> {
                Hash32 seal = tags.seal(id, result.tag(id, self));
                yield verdict(id, Verdict.AGREE, inputs, seal);
            }
            case DIFFER -> {
                kept.keep(id, inputs);
                yield verdict(id, Verdict.DIFFER, inputs, Hash32.ZERO);
            }
            case NOT_SERVED -> throw UnservedException.forever(result.reason());
        };
    }

    private CheckResult execute(ServedInputs inputs) {
        try (Borrowed layers = bench.layers().honest(inputs.inputs().span())) {
            return StageCheck.run(layers.executor(), bench.manifest(), inputs.inputs(), bench.budget());
        }
    }

    private static TransactionBody verdict(Hash32 duty, Verdict verdict, ServedInputs inputs, Hash32 seal) {
        return new TransactionBody.PostVerdict(
                duty, verdict, Optional.of(inputs.drawn().opening()), seal);
    }

    /** The verdict of a verifier that got nothing. */
    TransactionBody giveUp(Duty duty) {
        LOG.warn(
                "duty %s: executor %s did not serve its inputs",
                duty.id().shortHex(), duty.executor().shortHex());
        return new TransactionBody.PostVerdict(duty.id(), Verdict.NOT_SERVED, Optional.empty(), Hash32.ZERO);
    }

    /**
     * Opens the seal. A verifier that has restarted knows its tag by the executor's answer if they agree; if they do not, it
     * has to execute the stage again to show what it sealed.
     */
    TransactionBody reveal(Duty duty, Batch batch, Deadline deadline) throws UnservedException {
        Optional<Hash32> known = tags.tag(duty);
        Hash32 id = duty.id();
        Hash32 tag = known.isPresent()
                ? known.get()
                : execute(fetcher.fetch(duty, batch, deadline)).tag(id, self);
        return new TransactionBody.RevealTag(id, tag, tags.salt(id));
    }

    /** The inputs of a disputed receipt: as kept, or else served again. */
    ServedInputs disputed(Hash32 network, Duty duty, Batch batch, Deadline deadline)
            throws IOException, UnservedException {
        Optional<KeptInputs.Kept> found = kept.read(duty.id());
        return found.isEmpty()
                ? fetcher.fetch(duty, batch, deadline)
                : ServedInputs.of(
                        network,
                        bench.manifest(),
                        duty,
                        batch,
                        found.get().header(),
                        found.get().activations());
    }
}
