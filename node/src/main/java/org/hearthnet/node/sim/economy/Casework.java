package org.hearthnet.node.sim.economy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.genesis.rules.Penalty;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.LedgerEvent.DutyDrawn;
import org.hearthnet.node.sim.economy.Conduct.Finding;
import org.hearthnet.node.sim.economy.Conduct.Plea;

/** Drawn receipts: what verifiers say, and what executors do about it. Steps take a block each. */
final class Casework {
    private final Town town;
    private final Map<Hash32, DutyDrawn> open = new HashMap<>();
    final Counts counts = new Counts();

    /** What happened, over all nodes. */
    static final class Counts {
        int agreed;
        int disputes;
        int dismissed;
        int silences;
        int honestSilences;
        int convictions;
        int honestConvictions;
        int unchecked;
        long executed;
        long checked;
    }

    Casework(Town town) {
        this.town = town;
    }

    private Claimed claimed(DutyDrawn duty) {
        return java.util.Objects.requireNonNull(town.claims().get(duty.batch()));
    }

    /** Whether {@code events} draw a stranger for a wrong receipt of {@code group}. */
    boolean drawsBadly(int group, List<LedgerEvent> events) {
        for (LedgerEvent event : events) {
            if (event instanceof DutyDrawn d && town.member(d.executor()).group == group) {
                boolean right = claimed(d).done().get(d.index()).right();
                if (!right && town.member(d.verifier()).group != group) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Reacts to what happened on the ledger. */
    void react(List<LedgerEvent> events) {
        for (LedgerEvent event : events) {
            react(event);
        }
    }

    private void react(LedgerEvent event) {
        long next = town.ledger().height() + 1;
        switch (event) {
            case DutyDrawn d -> {
                open.put(d.duty(), d);
                town.at(next, () -> verdict(d));
            }
            case LedgerEvent.Differed d -> town.at(next, () -> plead(d.duty(), false));
            case LedgerEvent.Disputed d -> {
                counts.disputes++;
                town.at(next, () -> plead(d.duty(), true));
                town.at(
                        next + 1,
                        () -> town.apply(
                                town.member(d.challenger()),
                                new TransactionBody.MoveInDispute(d.duty(), TruthReferee.PICK)));
            }
            case LedgerEvent.DutyAgreed d -> counts.agreed++;
            case LedgerEvent.Dismissed d -> counts.dismissed++;
            case LedgerEvent.ReceiptUnchecked d -> counts.unchecked++;
            case LedgerEvent.Silenced s -> silenced(town.member(s.executor()));
            case LedgerEvent.Convicted c -> convicted(town.member(c.conviction().node()));
            case LedgerEvent.BatchClosed b -> town.claims().remove(b.batch());
            default -> {} // moves of money, which the accounts show in the end
        }
    }

    private void silenced(Member member) {
        member.caught();
        member.silences++;
        counts.silences++;
        counts.honestSilences += member.isHonest() ? 1 : 0;
    }

    private void convicted(Member member) {
        member.caught();
        member.convicted = true;
        counts.convictions++;
        counts.honestConvictions += member.isHonest() ? 1 : 0;
    }

    private void verdict(DutyDrawn d) {
        if (!town.claims().containsKey(d.batch())) {
            return; // the case ended meanwhile
        }
        Member executor = town.member(d.executor());
        Member verifier = town.member(d.verifier());
        Claimed.Done done = claimed(d).done().get(d.index());
        Finding finding = finding(executor, verifier, done);
        switch (finding) {
            case AGREE, COPY, GUESS -> agree(d, verifier, executor, done.receipt(), finding);
            case DIFFER -> post(verifier, d, Verdict.DIFFER, Hash32.ZERO);
            case NOT_SERVED -> post(verifier, d, Verdict.NOT_SERVED, Hash32.ZERO);
            case ABSENT -> {} // the deadline passes
        }
    }

    private Finding finding(Member executor, Member verifier, Claimed.Done done) {
        boolean friend = executor.isFriendOf(verifier);
        boolean right = done.right();
        if (!executor.online || !executor.conduct.serves(right, friend)) {
            return Finding.NOT_SERVED;
        }
        if (!right && !friend && executor.conduct.bribes()) {
            Amount bribe = town.ledger()
                    .account(executor.id())
                    .stake()
                    .bond()
                    .fraction(town.plan().parameters().finderShare(), Conduct.FULL);
            executor.spent += bribe.sparks();
            verifier.spent -= bribe.sparks();
            return Finding.COPY;
        }
        Finding finding = verifier.conduct.check(right, friend, verifier.dice);
        if (finding == Finding.AGREE || finding == Finding.DIFFER && !right) {
            verifier.spent += town.plan().market().checkingCost(done.receipt().fee());
            counts.checked++;
        }
        return finding;
    }

    private boolean post(Member verifier, DutyDrawn d, Verdict verdict, Hash32 sealed) {
        var opening = verdict == Verdict.NOT_SERVED
                ? Optional.<org.hearthnet.genesis.protocol.ReceiptOpening>empty()
                : Optional.of(claimed(d).opening(town.ledger().network(), d.index()));
        return town.apply(verifier, new TransactionBody.PostVerdict(d.duty(), verdict, opening, sealed));
    }

    private void agree(DutyDrawn d, Member verifier, Member executor, Receipt receipt, Finding finding) {
        Hash32 shown = tag(d, verifier, receipt.traceRoot());
        Hash32 own = switch (finding) {
            case COPY -> shown;
            case GUESS -> tag(d, verifier, Hash32.ZERO);
            default -> tag(d, verifier, TruthReferee.truth(receipt.job(), receipt.stage()));
        };
        Hash32 salt = Hashing.in("hearth/sim-salt/1").add(d.duty()).finish();
        if (post(verifier, d, Verdict.AGREE, Commitments.sealedTag(own, salt))) {
            long next = town.ledger().height() + 1;
            town.at(next, () -> {
                if (executor.online && town.apply(executor, new TransactionBody.PostAnswer(d.duty(), shown))) {
                    town.at(next + 1, () -> town.apply(verifier, new TransactionBody.RevealTag(d.duty(), own, salt)));
                }
            });
        }
    }

    private static Hash32 tag(DutyDrawn d, Member verifier, Hash32 trace) {
        return Commitments.tagRoot(d.duty(), verifier.id(), List.of(trace));
    }

    /** What an accused executor does, before the dispute or in it. */
    private void plead(Hash32 duty, boolean disputed) {
        DutyDrawn d = java.util.Objects.requireNonNull(open.get(duty));
        Member executor = town.member(d.executor());
        if (!town.claims().containsKey(d.batch()) || !executor.online) {
            return;
        }
        boolean right = claimed(d).done().get(d.index()).right();
        Plea plea = right ? Plea.DEFEND : executor.conduct.plea();
        switch (plea) {
            case CONFESS -> {
                if (!disputed) {
                    town.apply(executor, new TransactionBody.Confess(duty));
                }
            }
            case SELF_REPORT -> selfReport(executor, duty);
            case DEFEND -> {
                if (disputed) {
                    town.apply(executor, new TransactionBody.MoveInDispute(duty, TruthReferee.SHOW));
                }
            }
        }
    }

    private void selfReport(Member executor, Hash32 job) {
        if (executor.convicted) {
            return;
        }
        Member friend = town.members().stream()
                .filter(m -> m != executor && m.isFriendOf(executor))
                .min(java.util.Comparator.comparing(Member::id))
                .orElse(executor);
        BoundaryStatement one = new BoundaryStatement(job, 0, 1, Hash32.ZERO);
        BoundaryStatement two = new BoundaryStatement(job, 0, 1, job);
        Hash32 network = town.ledger().network();
        Amount bond = town.ledger().account(executor.id()).stake().slashable();
        boolean reported = town.apply(
                friend,
                new TransactionBody.ReportEquivocation(
                        executor.id(),
                        one,
                        BoundaryStatement.KIND.sign(executor.key, network, one),
                        two,
                        BoundaryStatement.KIND.sign(executor.key, network, two)));
        if (reported) {
            friend.spent -= bond.fraction(Penalty.reportShare(town.plan().parameters()), Conduct.FULL)
                    .sparks();
        }
    }
}
