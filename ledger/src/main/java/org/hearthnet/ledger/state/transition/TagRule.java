package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.rules.DutyReward;
import org.hearthnet.genesis.rules.Reputation;
import org.hearthnet.ledger.block.TransactionBody.PostAnswer;
import org.hearthnet.ledger.block.TransactionBody.RevealTag;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Standing;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Duty.Outcome;
import org.hearthnet.ledger.state.Duty.Phase;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.OpenedReceipt;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;

/**
 * The exchange of tags after an agreement: the verifier's is sealed before the executor shows its own, so neither can copy
 * the other's.
 */
final class TagRule {
    private TagRule() {}

    static void apply(Context context, NodeId sender, PostAnswer body) {
        Duty duty = Duties.get(context, body.duty(), Phase.ANSWER);
        Refusal.unless(duty.executor().equals(sender), "only the executor answers");
        Duties.step(context, duty, duty.withAnswer(body.tag()).to(Phase.REVEAL, Duties.deadline(context)));
    }

    static void apply(Context context, NodeId sender, RevealTag body) {
        Duty duty = Duties.get(context, body.duty(), Phase.REVEAL);
        Refusal.unless(duty.verifier().equals(sender), "only the verifier reveals");
        Refusal.unless(
                Commitments.sealedTag(body.tag(), body.salt()).equals(duty.sealedTag()), "not the tag that was sealed");
        if (duty.answer().orElseThrow().equals(body.tag())) {
            agreed(context, duty);
        } else {
            differed(context, duty);
        }
    }

    private static void agreed(Context context, Duty duty) {
        pay(context, duty);
        Account executor = context.account(duty.executor());
        Standing standing = executor.standing();
        context.put(
                duty.executor(),
                executor.withStanding(standing.withReputation(Reputation.agreed(standing.reputation()))
                        .withRecord(Reputation.agreed(standing.record()))));
        Account verifier = context.account(duty.verifier());
        context.put(
                duty.verifier(),
                verifier.withStanding(verifier.standing()
                        .withReputation(Reputation.agreed(verifier.standing().reputation()))));
        if (duty.isSecondOpinion()) {
            Penalties.dismiss(context, Duties.get(context, duty.first()));
        }
        Duties.endCase(context, duty, Outcome.AGREED, Outcome.DISMISSED);
    }

    private static void pay(Context context, Duty duty) {
        Batch batch = Duties.batch(context, duty.batch());
        OpenedReceipt opened = Tables.RECEIPTS
                .get(context.state(), Keys.of(duty.batch(), duty.index()))
                .orElseThrow();
        Batch.Purse purse = batch.purse();
        DutyReward reward = DutyReward.of(
                context.parameters(),
                opened.receipt().fee(),
                batch.checking().rate(),
                purse.dutyLeft(),
                purse.mintLeft());
        Amount poolPart = reward.fromPool();
        Tables.BATCHES.put(
                context.state(),
                Keys.of(duty.batch()),
                batch.withPurse(new Batch.Purse(
                        purse.vesting(),
                        purse.dutyLeft().minus(poolPart),
                        purse.mintLeft().minus(reward.minted()))));
        Supply supply = context.supply();
        context.put(supply.mint(reward.minted()).withDutyPool(supply.dutyPool().minus(poolPart)));
        Account verifier = context.account(duty.verifier());
        context.put(
                duty.verifier(),
                verifier.credit(reward.total()).withEarnings(verifier.earnings().verified(poolPart, reward.minted())));
        context.emit(
                new LedgerEvent.DutyAgreed(duty.id(), duty.executor(), duty.verifier(), poolPart, reward.minted()));
    }

    /** Nobody is paid: it is not known who did not compute. The receipt goes on to somebody else. */
    private static void differed(Context context, Duty duty) {
        context.emit(new LedgerEvent.TagsDiffered(duty.id(), duty.executor(), duty.verifier()));
        strike(context, duty.executor());
        strike(context, duty.verifier());
        Duties.close(context, duty, Outcome.TAGS_DIFFER);
        if (duty.isSecondOpinion()) {
            DisputeRule.open(context, Duties.get(context, duty.first()));
        } else {
            Duties.redraw(context, duty, duty.notServed());
        }
    }

    private static void strike(Context context, NodeId node) {
        Account account = context.account(node);
        context.put(node, account.withStanding(account.standing().struck()));
    }
}
