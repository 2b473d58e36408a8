package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.rules.FeeSplit;
import org.hearthnet.ledger.TestDuty;
import org.hearthnet.ledger.TestJob;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.TransactionBody.Bond;
import org.hearthnet.ledger.block.TransactionBody.Confess;
import org.hearthnet.ledger.block.TransactionBody.Withdraw;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Duty.Outcome;
import org.hearthnet.ledger.state.Duty.Phase;
import org.hearthnet.ledger.state.LedgerEvent;
import org.junit.jupiter.api.Test;

/** From a claim to the end of a duty. */
class DutyFlowTest {
    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair executor = TestNetwork.key("executor");
    private final KeyPair newcomer = net.funded("newcomer");
    private final KeyPair second = net.funded("second");
    private final TestJob job;

    DutyFlowTest() {
        net.hold(newcomer, second);
        job = TestJob.open(net, client, executor, 100).run(100);
        net.apply(executor, job.claim());
    }

    private Duty draw() {
        List<Duty> drawn = TestDuty.drawn(net, net.nextEpoch());
        assertEquals(1, drawn.size());
        return drawn.getFirst();
    }

    private KeyPair verifier(Duty duty) {
        return TestDuty.keyOf(duty.verifier(), newcomer, second, TestNetwork.key("veteran"));
    }

    private Batch batch(Duty duty) {
        return net.chain().read(v -> v.batch(duty.batch())).orElseThrow();
    }

    @Test
    void agreementPaysTheVerifierAndRaisesBothReputations() {
        Duty duty = draw();
        KeyPair verifier = verifier(duty);
        FeeSplit split = FeeSplit.of(TestNetwork.parameters(), job.total());
        Amount before = net.account(verifier).balance();
        net.apply(verifier, TestDuty.agree(duty, job));
        assertEquals(Phase.ANSWER, TestDuty.now(net, duty).phase());
        net.apply(executor, TestDuty.answer(duty, TestDuty.TAG));
        assertEquals(Phase.REVEAL, TestDuty.now(net, duty).phase());
        net.apply(verifier, TestDuty.reveal(duty));
        assertEquals(Outcome.AGREED, TestDuty.now(net, duty).outcome());
        Amount fees = TestNetwork.parameters().transactionFee().times(2);
        assertEquals(
                before.plus(split.duty()).plus(split.burned()).minus(fees),
                net.account(verifier).balance());
        assertEquals(split.burned(), net.account(verifier).earnings().minted());
        assertEquals(1, net.account(verifier).standing().reputation());
        assertEquals(6, net.account(executor).standing().reputation());
        assertEquals(1, net.account(executor).standing().record());
        assertTrue(batch(duty).isClosed());
        assertTrue(net.chain().read(v -> v.openDuties(verifier.id(), 9)).isEmpty());
        assertTrue(net.chain().read(v -> v.openedReceipt(duty.batch(), 0)).isEmpty());
    }

    @Test
    void vestedFeesAreFreeAfterTheirEpochsAndNotBefore() {
        Duty duty = draw();
        TestDuty.complete(net, duty, job, verifier(duty), executor);
        FeeSplit split = FeeSplit.of(TestNetwork.parameters(), job.total());
        assertEquals(split.executor(), net.account(executor).vesting());
        assertTrue(net.refused(executor, new Withdraw()).contains("matured"));
        net.nextEpoch();
        net.nextEpoch();
        Amount before = net.account(executor).balance();
        net.apply(executor, new Withdraw());
        assertEquals(Amount.ZERO, net.account(executor).vesting());
        assertEquals(
                before.plus(split.executor()).minus(TestNetwork.parameters().transactionFee()),
                net.account(executor).balance());
        assertEquals(0, net.account(executor).claims().waiting());
        assertTrue(net.chain().read(v -> v.batch(duty.batch())).isEmpty());
    }

    @Test
    void aNewcomerGraduatesByVerifying() {
        KeyPair poor = newcomer;
        Duty duty = draw();
        TestDuty.complete(net, duty, job, verifier(duty), executor);
        int done = net.account(poor).standing().reputation();
        while (net.account(poor).standing().reputation() < 3) {
            TestJob next =
                    TestJob.open(net, client, executor, 500).run(100).run(100).run(100);
            net.apply(executor, next.claim());
            for (Duty d : TestDuty.drawn(net, net.nextEpoch())) {
                net.submit(verifier(d), TestDuty.agree(d, next));
                net.accepted();
                net.submit(executor, TestDuty.answer(d, TestDuty.TAG));
                net.accepted();
                net.submit(verifier(d), TestDuty.reveal(d));
                net.accepted();
                break; // the others expire or are redrawn: one a round is enough
            }
        }
        assertTrue(done < 3);
        net.apply(
                client,
                new org.hearthnet.ledger.block.TransactionBody.Transfer(
                        poor.id(), Amount.credits(100), org.hearthnet.genesis.primitive.Bytes.EMPTY));
        net.apply(poor, new Bond(Amount.credits(100)));
        assertEquals(
                poor.id(), net.event(LedgerEvent.Graduated.class).orElseThrow().node());
    }

    @Test
    void differentTagsPayNobodyAndDrawSomebodyElse() {
        Duty duty = draw();
        KeyPair verifier = verifier(duty);
        net.apply(verifier, TestDuty.agree(duty, job));
        net.apply(executor, TestDuty.answer(duty, TestDuty.OTHER_TAG));
        net.apply(verifier, TestDuty.reveal(duty));
        assertEquals(Outcome.TAGS_DIFFER, TestDuty.now(net, duty).outcome());
        assertEquals(1, net.account(verifier).standing().strikes());
        assertEquals(1, net.account(executor).standing().strikes());
        assertEquals(Amount.ZERO, net.account(verifier).earnings().verification());
        Duty again = TestDuty.drawn(net);
        assertNotEquals(duty.verifier(), again.verifier());
        TestDuty.complete(net, again, job, verifier(again), executor);
        assertEquals(Outcome.AGREED, TestDuty.now(net, again).outcome());
    }

    @Test
    void aMissedDutyGoesToSomebodyElseAndThenStaysUnchecked() {
        Duty duty = draw();
        net.blocksTo(duty.deadline());
        assertEquals(Phase.DRAWN, TestDuty.now(net, duty).phase());
        assertTrue(net.refused(verifier(duty), TestDuty.agree(duty, job)).contains("phase CLOSED"));
        assertEquals(Outcome.MISSED, TestDuty.now(net, duty).outcome());
        assertEquals(1, net.account(verifier(duty)).standing().missed());
        Duty again = TestDuty.drawn(net);
        net.blocksTo(again.deadline() + 1);
        assertTrue(net.event(LedgerEvent.ReceiptUnchecked.class).isPresent());
        assertTrue(batch(duty).isClosed());
        assertEquals(Amount.ZERO, net.holdings().dutyPool());
    }

    @Test
    void aVerifierThatNeverRevealsLosesItsDuty() {
        Duty duty = draw();
        net.apply(verifier(duty), TestDuty.agree(duty, job));
        net.apply(executor, TestDuty.answer(duty, TestDuty.TAG));
        net.blocksTo(TestDuty.now(net, duty).deadline() + 1);
        assertEquals(Outcome.MISSED, TestDuty.now(net, duty).outcome());
        assertNotEquals(duty.verifier(), TestDuty.drawn(net).verifier());
    }

    @Test
    void anExecutorThatDoesNotAnswerPaysForItsSilence() {
        Duty duty = draw();
        Amount client0 = net.account(client).balance();
        Amount bond0 = net.account(executor).stake().bond();
        net.apply(verifier(duty), TestDuty.agree(duty, job));
        net.blocksTo(TestDuty.now(net, duty).deadline() + 1);
        LedgerEvent.Silenced silenced = net.event(LedgerEvent.Silenced.class).orElseThrow();
        assertEquals(job.total(), silenced.fee());
        assertEquals(job.total().times(6), silenced.taken());
        assertEquals(client0.plus(job.total()), net.account(client).balance());
        assertEquals(Amount.ZERO, net.account(executor).vesting());
        Amount fromBond = job.total()
                .times(6)
                .minus(FeeSplit.of(TestNetwork.parameters(), job.total()).executor());
        assertEquals(bond0.minus(fromBond), net.account(executor).stake().bond());
        assertEquals(1, net.account(executor).standing().silences());
        assertEquals(Outcome.SILENT, TestDuty.now(net, duty).outcome());
    }

    @Test
    void aConfessionCostsAsMuchAsSilence() {
        Duty duty = draw();
        assertTrue(net.refused(client, new Confess(duty.id())).contains("only the executor"));
        net.apply(executor, new Confess(duty.id()));
        LedgerEvent.Silenced silenced = net.event(LedgerEvent.Silenced.class).orElseThrow();
        assertTrue(silenced.confessed());
        assertEquals(job.total().times(6), silenced.taken());
        assertTrue(net.refused(executor, new Confess(duty.id())).contains("closed"));
    }

    @Test
    void threeVerifiersThatAreNotServedMakeSilence() {
        KeyPair third = net.funded("third");
        net.hold(third);
        // the duty was drawn meanwhile, in the epoch that hold() began
        Duty duty = TestDuty.drawn(net, net.events()).getFirst();
        for (int i = 0; i < 2; i++) {
            net.apply(TestDuty.keyOf(duty.verifier(), newcomer, second, third), TestDuty.notServed(duty));
            assertTrue(net.event(LedgerEvent.Silenced.class).isEmpty());
            duty = TestDuty.drawn(net);
        }
        Amount before = net.account(client).balance();
        net.apply(TestDuty.keyOf(duty.verifier(), newcomer, second, third), TestDuty.notServed(duty));
        assertTrue(net.event(LedgerEvent.Silenced.class).isPresent());
        // the receipt was never shown, so the batch's clients share the refund of its largest fee
        assertEquals(before.plus(job.total()), net.account(client).balance());
    }

    @Test
    void threeSilencesMakeANewcomer() {
        Duty duty = draw();
        net.apply(executor, new Confess(duty.id()));
        for (int i = 0; i < 2; i++) {
            TestJob next = TestJob.open(net, client, executor, 100).run(10);
            net.apply(executor, next.claim());
            net.apply(executor, new Confess(draw().id()));
        }
        assertEquals(0, net.account(executor).standing().reputation());
        TestJob next = TestJob.open(net, client, executor, 100).run(10);
        assertTrue(net.refused(executor, next.claim()).contains("only a veteran"));
    }
}
