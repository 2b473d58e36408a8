package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.rules.FeeSplit;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.ledger.ScriptedReferee;
import org.hearthnet.ledger.TestDuty;
import org.hearthnet.ledger.TestJob;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.TransactionBody.Bond;
import org.hearthnet.ledger.block.TransactionBody.Confess;
import org.hearthnet.ledger.block.TransactionBody.MoveInDispute;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Duty.Outcome;
import org.hearthnet.ledger.state.Duty.Phase;
import org.hearthnet.ledger.state.LedgerEvent;
import org.junit.jupiter.api.Test;

/** Accusations, second opinions, disputes and what they lead to. */
class DisputeFlowTest {
    private static final DisputeMove PICK_WRONG = new DisputeMove.PickLayer(ScriptedReferee.EXECUTOR_WRONG);
    private static final DisputeMove PICK_FALSE = new DisputeMove.PickLayer(ScriptedReferee.CHALLENGER_WRONG);

    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair executor = TestNetwork.key("executor");
    private final KeyPair veteran = TestNetwork.key("veteran");
    private final KeyPair newcomer = net.funded("newcomer");
    private TestJob job;

    DisputeFlowTest() {
        net.hold(newcomer);
        job = TestJob.open(net, client, executor, 200).run(100);
    }

    /** Draws the newcomer and lets it accuse; with a veteran it goes to a second opinion. */
    private Duty accuse(boolean withVeteran) {
        net.apply(executor, job.claim());
        Duty duty = TestDuty.drawn(net, net.nextEpoch()).getFirst();
        if (withVeteran) {
            net.submit(
                    veteran,
                    new org.hearthnet.ledger.block.TransactionBody.RegisterHolding(
                            TestNetwork.MODEL.id(), TestNetwork.WHOLE));
            net.accepted();
            // holdings count from the next epoch on: draw again there
            net.nextEpoch();
            job = TestJob.open(net, client, executor, 200).run(100);
            net.apply(executor, job.claim());
            duty = drawnFor(newcomer);
        }
        net.apply(newcomer, TestDuty.differ(duty, job));
        return duty;
    }

    private Duty drawnFor(KeyPair verifier) {
        while (true) {
            for (Duty d : TestDuty.drawn(net, net.nextEpoch())) {
                if (d.attempt() == 0 && d.verifier().equals(verifier.id())) { // not an older one that another missed
                    return d;
                }
            }
            job = TestJob.open(net, client, executor, 200).run(100);
            net.apply(executor, job.claim());
        }
    }

    private MoveInDispute move(Duty duty, DisputeMove move) {
        return new MoveInDispute(duty.id(), move);
    }

    @Test
    void withoutAVeteranTheDisputeOpensAtOnce() {
        Duty duty = accuse(false);
        assertEquals(Phase.DISPUTE, TestDuty.now(net, duty).phase());
        assertTrue(net.event(LedgerEvent.Disputed.class).isPresent());
        assertEquals(
                newcomer.id(),
                net.chain().read(v -> v.dispute(duty.id())).orElseThrow().challenger());
    }

    @Test
    void aProvenFaultConvicts() {
        Duty duty = accuse(false);
        assertTrue(net.refused(newcomer, move(duty, PICK_WRONG)).contains("turn"));
        assertTrue(net.refused(executor, move(duty, PICK_WRONG)).contains("referee refuses"));
        net.apply(executor, move(duty, ScriptedReferee.SHOW));
        assertTrue(net.refused(executor, move(duty, ScriptedReferee.SHOW)).contains("turn"));
        FeeSplit split = FeeSplit.of(TestNetwork.parameters(), job.total());
        Amount client0 = net.account(client).balance();
        Hash32 evidence = net.apply(newcomer, move(duty, PICK_WRONG));
        Conviction conviction =
                net.event(LedgerEvent.Convicted.class).orElseThrow().conviction();
        assertEquals(
                new Conviction(
                        executor.id(),
                        job.receipts().getFirst().job(),
                        0,
                        ScriptedReferee.EXECUTOR_WRONG,
                        7,
                        "DOWN[3]",
                        Amount.credits(3000),
                        net.chain().height(),
                        evidence),
                conviction);
        assertEquals(List.of(conviction), net.chain().read(v -> v.convictions(9)));
        assertEquals(Amount.credits(3000), net.account(executor).stake().frozen());
        assertEquals(Amount.ZERO, net.account(executor).stake().bond());
        assertEquals(Amount.ZERO, net.account(executor).vesting());
        assertEquals(0, net.account(executor).standing().reputation());
        assertEquals(client0.plus(split.executor()), net.account(client).balance(), "refund from waiting fees");
        assertEquals(Role.CLIENT, net.chain().read(v -> v.role(executor.id())));
        assertEquals(Outcome.CONVICTED, TestDuty.now(net, duty).outcome());

        Amount finder0 = net.account(newcomer).balance();
        net.nextEpoch();
        Amount owed = job.total().minus(split.executor());
        assertEquals(client0.plus(job.total()), net.account(client).balance(), "the rest out of the bond");
        Amount share = Amount.credits(3000).minus(owed).fraction(500, 1000);
        assertEquals(finder0.plus(share), net.account(newcomer).balance());
        assertEquals(share, net.account(newcomer).earnings().finding());
        assertEquals(Amount.ZERO, net.account(executor).stake().frozen());
    }

    @Test
    void afterAConvictionTheBarIsTwiceAsHigh() {
        Duty duty = accuse(false);
        net.apply(executor, move(duty, ScriptedReferee.SHOW));
        net.apply(newcomer, move(duty, PICK_WRONG));
        assertTrue(net.refused(executor, new Bond(Amount.credits(1))).contains("reputation of 6"));
    }

    @Test
    void aWrongOrSilentChallengerIsDismissed() {
        for (boolean silent : List.of(false, true)) {
            DisputeFlowTest t = new DisputeFlowTest();
            Duty duty = t.accuse(false);
            t.net.apply(t.executor, t.move(duty, ScriptedReferee.SHOW));
            if (silent) {
                t.net.blocksTo(TestDuty.now(t.net, duty).deadline() + 1);
            } else {
                t.net.apply(t.newcomer, t.move(duty, PICK_FALSE));
            }
            assertTrue(t.net.event(LedgerEvent.Dismissed.class).isPresent());
            assertEquals(Outcome.DISMISSED, TestDuty.now(t.net, duty).outcome());
            assertEquals(1, t.net.account(t.newcomer).standing().strikes());
            assertEquals(Amount.credits(3000), t.net.account(t.executor).stake().bond());
            assertTrue(t.net.chain().read(v -> v.dispute(duty.id())).isEmpty());
        }
    }

    @Test
    void anExecutorThatDoesNotMoveIsSilentAndKeepsMostOfItsBond() {
        Duty duty = accuse(false);
        assertTrue(net.refused(executor, new Confess(duty.id())).contains("too late"));
        net.blocksTo(TestDuty.now(net, duty).deadline() + 1);
        assertEquals(Outcome.SILENT, TestDuty.now(net, duty).outcome());
        assertTrue(net.chain().read(v -> v.convictions(9)).isEmpty());
        assertTrue(net.account(executor).stake().bond().compareTo(Amount.credits(2700)) > 0);
    }

    @Test
    void aSecondOpinionThatAgreesDismissesTheAccusation() {
        Duty duty = accuse(true);
        assertEquals(Phase.OPINION, TestDuty.now(net, duty).phase());
        Duty opinion = TestDuty.drawn(net);
        assertEquals(veteran.id(), opinion.verifier());
        assertEquals(duty.id(), opinion.first());
        TestDuty.complete(net, opinion, job, veteran, executor);
        assertEquals(Outcome.DISMISSED, TestDuty.now(net, duty).outcome());
        assertEquals(Outcome.AGREED, TestDuty.now(net, opinion).outcome());
        assertFalse(net.account(veteran).earnings().verification().isZero());
        assertEquals(1, net.account(newcomer).standing().strikes());
    }

    @Test
    void anyOtherSecondOpinionOpensTheDispute() {
        for (int how = 0; how < 4; how++) {
            DisputeFlowTest t = new DisputeFlowTest();
            Duty duty = t.accuse(true);
            Duty opinion = TestDuty.drawn(t.net);
            Outcome outcome = switch (how) {
                case 0 -> {
                    t.net.apply(t.veteran, TestDuty.differ(opinion, t.job));
                    yield Outcome.DIFFERED;
                }
                case 1 -> {
                    t.net.apply(t.veteran, TestDuty.notServed(opinion));
                    yield Outcome.NOT_SERVED;
                }
                case 2 -> {
                    t.net.blocksTo(opinion.deadline() + 1);
                    yield Outcome.MISSED;
                }
                default -> {
                    t.net.apply(t.veteran, TestDuty.agree(opinion, t.job));
                    t.net.apply(t.executor, TestDuty.answer(opinion, TestDuty.OTHER_TAG));
                    t.net.apply(t.veteran, TestDuty.reveal(opinion));
                    yield Outcome.TAGS_DIFFER;
                }
            };
            assertEquals(outcome, TestDuty.now(t.net, opinion).outcome());
            assertEquals(Phase.DISPUTE, TestDuty.now(t.net, duty).phase());
            assertTrue(t.net.event(LedgerEvent.Disputed.class).isPresent());
        }
    }

    @Test
    void anExecutorMayConfessWhileTheOpinionIsOpen() {
        Duty duty = accuse(true);
        Duty opinion = TestDuty.drawn(net);
        net.apply(executor, new Confess(duty.id()));
        assertEquals(Outcome.CONFESSED, TestDuty.now(net, duty).outcome());
        assertEquals(Outcome.SUPERSEDED, TestDuty.now(net, opinion).outcome());
        assertTrue(net.refused(veteran, TestDuty.agree(opinion, job)).contains("phase CLOSED"));
    }

    @Test
    void anExecutorThatDoesNotAnswerTheOpinionIsSilent() {
        Duty duty = accuse(true);
        Duty opinion = TestDuty.drawn(net);
        net.apply(veteran, TestDuty.agree(opinion, job));
        net.blocksTo(TestDuty.now(net, opinion).deadline() + 1);
        assertEquals(Outcome.SILENT, TestDuty.now(net, opinion).outcome());
        assertEquals(Outcome.SUPERSEDED, TestDuty.now(net, duty).outcome());
    }

    @Test
    void credits() {
        // A convicted account keeps its free credits.
        Duty duty = accuse(false);
        net.apply(executor, move(duty, ScriptedReferee.SHOW));
        net.apply(newcomer, move(duty, PICK_WRONG));
        net.apply(executor, new Transfer(client.id(), Amount.credits(1), Bytes.EMPTY));
    }
}
