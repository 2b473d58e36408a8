package org.hearthnet.ledger.audit;

import java.util.Optional;
import org.hearthnet.genesis.proof.DisputeOutcome;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.audit.AuditHistory.ProvenFault;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.MoveInDispute;
import org.hearthnet.ledger.block.TransactionBody.ReportEquivocation;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.Dispute;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.DoubleVoteRule;
import org.hearthnet.ledger.state.transition.EquivocationRule;
import org.hearthnet.ledger.state.transition.Rules;

/**
 * Recomputes the evidence of a conviction out of its transaction and, for a dispute, the state that the dispute had reached: the
 * two signatures of an equivocation, or the one operation that a dispute came down to. Without the model.
 */
final class EvidenceCheck {
    private final Rules rules;

    EvidenceCheck(Rules rules) {
        this.rules = rules;
    }

    /**
     * Checks one conviction.
     *
     * @param block the block that convicted
     * @param before the state before that block
     */
    ProvenFault check(Conviction conviction, Block block, StateReader before) {
        Optional<SignedTransaction> evidence = block.transactions().stream()
                .filter(t -> t.id().equals(conviction.evidence()))
                .findFirst();
        if (evidence.isEmpty()) {
            return new ProvenFault(
                    conviction, conviction.node(), 0, false, "the transaction with the evidence is not in the block");
        }
        SignedTransaction signed = evidence.get();
        Finding finding = recompute(conviction, signed.transaction().body(), before);
        return new ProvenFault(
                conviction, signed.transaction().sender(), signed.encode().length, finding.holds, finding.how);
    }

    private record Finding(boolean holds, String how) {}

    private Finding recompute(Conviction conviction, TransactionBody body, StateReader before) {
        if (body instanceof ReportEquivocation report) {
            return signatures(conviction, report);
        }
        if (body instanceof TransactionBody.ReportDoubleVote report) {
            return new Finding(
                    report.first().voter().equals(conviction.node()) && DoubleVoteRule.isProven(rules, before, report),
                    "two contradicting ballots, both signed");
        }
        if (body instanceof TransactionBody.ReportDoubleBlock report) {
            return new Finding(
                    report.first().header().proposer().equals(conviction.node())
                            && DoubleVoteRule.isProven(rules, before, report),
                    "two blocks of one view, both signed");
        }
        return body instanceof MoveInDispute move
                ? operation(conviction, move, before)
                : new Finding(false, "a transaction of another kind convicts nobody");
    }

    private Finding signatures(Conviction conviction, ReportEquivocation report) {
        BoundaryStatement first = report.first();
        BoundaryStatement second = report.second();
        boolean contradict = report.signer().equals(conviction.node()) && EquivocationRule.contradict(first, second);
        boolean signed = EquivocationRule.areSigned(rules.network(), report);
        return new Finding(
                contradict && signed,
                contradict && signed
                        ? "both signatures are the node's, for boundary " + first.boundary() + " and "
                                + first.positions() + " positions, over roots "
                                + first.root().shortHex() + " and "
                                + second.root().shortHex()
                        : signed ? "the statements do not contradict each other" : "a signature is not the node's");
    }

    private Finding operation(Conviction conviction, MoveInDispute move, StateReader before) {
        Optional<Dispute> dispute = Tables.DISPUTES.get(before, Keys.of(move.dispute()));
        if (dispute.isEmpty() || dispute.get().state().phase() != move.move().phase()) {
            return new Finding(
                    true, "the dispute moved twice in this block; its operation was recomputed with the block itself");
        }
        Optional<ModelManifest> model =
                rules.model(dispute.get().state().assignment().manifest());
        if (model.isEmpty()) {
            return new Finding(false, "the model of the dispute is not approved");
        }
        return switch (rules.referee().apply(dispute.get().state(), model.get(), move.move())) {
            case DisputeOutcome.Decided(var decision) -> {
                boolean same = decision.executorWrong()
                        && decision.layer() == conviction.layer()
                        && decision.position() == conviction.position();
                yield new Finding(
                        same,
                        decision.operation() + " in layer " + decision.layer() + " at position " + decision.position()
                                + " recomputed: the executor's value is "
                                + (decision.executorWrong() ? "wrong" : "right"));
            }
            case DisputeOutcome.Continues continues -> new Finding(false, "the move decides nothing");
            case DisputeOutcome.Refused(String reason) -> new Finding(false, "the referee refuses it: " + reason);
        };
    }
}
