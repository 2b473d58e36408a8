package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.ledger.TestDuty;
import org.hearthnet.ledger.TestJob;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.PostVerdict;
import org.hearthnet.ledger.block.TransactionBody.RevealTag;
import org.hearthnet.ledger.state.Duty;
import org.junit.jupiter.api.Test;

/** What a verdict may show, and what it may not. */
class VerdictTest {
    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair executor = TestNetwork.key("executor");
    private final KeyPair verifier = net.funded("newcomer");
    private final TestJob job;
    private final Duty duty;

    VerdictTest() {
        net.hold(verifier);
        job = TestJob.open(net, client, executor, 500).run(100).run(50).run(25);
        net.apply(executor, job.claim());
        duty = TestDuty.drawn(net, net.nextEpoch()).stream()
                .filter(d -> d.index() == 1)
                .findFirst()
                .orElseThrow();
    }

    private PostVerdict opening(ReceiptOpening opening) {
        return new PostVerdict(duty.id(), Verdict.DIFFER, Optional.of(opening), Hash32.ZERO);
    }

    private String refusedOpening(ReceiptOpening opening) {
        return net.refused(verifier, opening(opening));
    }

    @Test
    void onlyTheDrawnVerifierHasASay() {
        assertTrue(net.refused(client, TestDuty.agree(duty, job)).contains("another verifier's"));
        assertTrue(net.refused(executor, TestDuty.notServed(duty)).contains("another verifier's"));
        assertTrue(net.refused(verifier, new PostVerdict(net.id(), Verdict.NOT_SERVED, Optional.empty(), Hash32.ZERO))
                .contains("no duty"));
    }

    @Test
    void verdictOpeningAndSealGoTogether() {
        Optional<ReceiptOpening> opening = Optional.of(job.opening(1));
        assertTrue(net.refused(verifier, new PostVerdict(duty.id(), Verdict.AGREE, opening, Hash32.ZERO))
                .contains("sealed tag"));
        assertTrue(net.refused(verifier, new PostVerdict(duty.id(), Verdict.DIFFER, opening, TestDuty.TAG))
                .contains("sealed tag"));
        assertTrue(net.refused(verifier, new PostVerdict(duty.id(), Verdict.AGREE, Optional.empty(), TestDuty.TAG))
                .contains("opens the receipt"));
        assertTrue(net.refused(verifier, new PostVerdict(duty.id(), Verdict.NOT_SERVED, opening, Hash32.ZERO))
                .contains("opens the receipt"));
    }

    @Test
    void anotherReceiptOrABrokenPathProvesNothing() {
        assertTrue(refusedOpening(job.opening(0)).contains("another receipt"));
        ReceiptOpening right = job.opening(1);
        ReceiptOpening wrongPath =
                new ReceiptOpening(right.receipt(), 1, job.opening(0).path(), right.assignment());
        assertTrue(refusedOpening(wrongPath).contains("not in the batch"));
        Receipt r = right.receipt();
        Receipt altered = new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                r.positions(),
                r.inputRoot(),
                r.upstream(),
                r.outputRoot(),
                r.downstream(),
                TestDuty.TAG,
                r.fee(),
                r.layerTokens());
        assertTrue(refusedOpening(new ReceiptOpening(altered, 1, right.path(), right.assignment()))
                .contains("not in the batch"));
    }

    @Test
    void aForeignAssignmentProvesNothing() {
        ReceiptOpening right = job.opening(1);
        ReceiptOpening otherJob = new ReceiptOpening(
                right.receipt(), 1, right.path(), job.opening(0).assignment());
        assertTrue(refusedOpening(otherJob).contains("another assignment"));
        Assignment assignment = right.assignment().open(net.id(), Assignment.KIND);
        Envelope bySomebodyElse = Envelope.seal(executor, net.id(), Assignment.KIND, assignment);
        assertTrue(refusedOpening(new ReceiptOpening(right.receipt(), 1, right.path(), bySomebodyElse))
                .contains("client did not sign"));
        Envelope otherNetwork = Envelope.seal(client, TestDuty.TAG, Assignment.KIND, assignment);
        assertTrue(refusedOpening(new ReceiptOpening(right.receipt(), 1, right.path(), otherNetwork))
                .contains("on this network"));
    }

    @Test
    void receiptsThatTheLedgerMayNotJudgeAreRefused() {
        assertTrue(refusedLeaf(r -> with(r, r.positions(), r.fee().plus(Amount.of(1)), r.layerTokens()))
                .contains("the price of the positions"));
        assertTrue(refusedLeaf(r -> with(r, r.positions(), r.fee(), r.layerTokens() + 1))
                .contains("the price of the positions"));
        assertTrue(refusedLeaf(r -> with(r, 129, r.fee(), r.layerTokens())).contains("more positions"));
    }

    private static Receipt with(Receipt r, int positions, Amount fee, long layerTokens) {
        return new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                positions,
                r.inputRoot(),
                r.upstream(),
                r.outputRoot(),
                r.downstream(),
                r.traceRoot(),
                fee,
                layerTokens);
    }

    /** Claims a batch of one altered receipt on a network of its own and opens it. */
    private static String refusedLeaf(java.util.function.UnaryOperator<Receipt> change) {
        TestNetwork net = TestNetwork.start();
        KeyPair verifier = net.funded("newcomer");
        net.hold(verifier);
        TestJob job = TestJob.open(net, TestNetwork.key("client"), TestNetwork.key("executor"), 500)
                .run(100);
        job.receipts().set(0, change.apply(job.receipts().getFirst()));
        net.apply(TestNetwork.key("executor"), job.claim());
        Duty duty = TestDuty.drawn(net, net.nextEpoch()).getFirst();
        return net.refused(verifier, TestDuty.differ(duty, job));
    }

    @Test
    void tagsComeInTheirOrderFromTheirOwners() {
        assertTrue(net.refused(executor, TestDuty.answer(duty, TestDuty.TAG)).contains("phase DRAWN"));
        net.apply(verifier, TestDuty.agree(duty, job));
        assertTrue(net.refused(verifier, TestDuty.agree(duty, job)).contains("phase ANSWER"));
        assertTrue(net.refused(verifier, TestDuty.answer(duty, TestDuty.TAG)).contains("only the executor"));
        assertTrue(net.refused(verifier, TestDuty.reveal(duty)).contains("phase ANSWER"));
        net.apply(executor, TestDuty.answer(duty, TestDuty.TAG));
        assertTrue(net.refused(executor, TestDuty.answer(duty, TestDuty.TAG)).contains("phase REVEAL"));
        assertTrue(net.refused(executor, TestDuty.reveal(duty)).contains("only the verifier"));
        RevealTag copied = new RevealTag(duty.id(), TestDuty.OTHER_TAG, Hash32.ZERO);
        assertTrue(net.refused(verifier, copied).contains("not the tag that was sealed"));
        net.apply(verifier, TestDuty.reveal(duty));
    }

    @Test
    void rewardsOfABatchNeverExceedWhatItPaid() {
        for (Duty d : List.of(0, 1, 2).stream().map(this::dutyOf).toList()) {
            net.submit(verifier, TestDuty.agree(d, job));
        }
        net.accepted();
        for (int i = 0; i < 3; i++) {
            net.submit(executor, TestDuty.answer(dutyOf(i), TestDuty.TAG));
        }
        net.accepted();
        for (int i = 0; i < 3; i++) {
            net.submit(verifier, TestDuty.reveal(dutyOf(i)));
        }
        net.accepted();
        var split = org.hearthnet.genesis.rules.FeeSplit.of(TestNetwork.parameters(), job.total());
        var earned = net.account(verifier).earnings();
        assertEquals(split.duty(), earned.verification());
        assertEquals(split.burned(), earned.minted());
        assertEquals(Amount.ZERO, net.holdings().dutyPool());
        assertEquals(3, net.account(executor).standing().record());
    }

    private Duty dutyOf(int index) {
        return net.chain().read(v -> v.duty(Duty.id(duty.batch(), index, 0))).orElseThrow();
    }

    @Test
    void unknownDisputesAreRefused() {
        TransactionBody move = new TransactionBody.MoveInDispute(duty.id(), org.hearthnet.ledger.ScriptedReferee.SHOW);
        assertTrue(net.refused(executor, move).contains("phase DRAWN"));
    }
}
