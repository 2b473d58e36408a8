package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.ledger.TestDuty;
import org.hearthnet.ledger.TestJob;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.TransactionBody.Bond;
import org.hearthnet.ledger.block.TransactionBody.FaucetClaim;
import org.hearthnet.ledger.block.TransactionBody.ReportEquivocation;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.block.TransactionBody.Unbond;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Tables;
import org.junit.jupiter.api.Test;

/** Equivocation, bans and slashes that wait. */
class EquivocationTest {
    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair executor = TestNetwork.key("executor");

    private ReportEquivocation report(KeyPair signer, BoundaryStatement first, BoundaryStatement second) {
        return new ReportEquivocation(
                signer.id(),
                first,
                BoundaryStatement.KIND.sign(signer, net.id(), first),
                second,
                BoundaryStatement.KIND.sign(signer, net.id(), second));
    }

    private static BoundaryStatement statement(int job, int boundary, int positions, Hash32 root) {
        return new BoundaryStatement(Hashing.in("test-job").add(job).finish(), boundary, positions, root);
    }

    private ReportEquivocation report(KeyPair signer, int job) {
        return report(signer, statement(job, 2, 64, TestDuty.TAG), statement(job, 2, 64, TestDuty.OTHER_TAG));
    }

    @Test
    void twoRootsOfOneBoundaryConvict() {
        net.apply(executor, new Unbond(Amount.credits(1000)));
        Hash32 evidence = net.apply(client, report(executor, 1));
        Conviction c = net.event(LedgerEvent.Convicted.class).orElseThrow().conviction();
        assertEquals(1, c.stage());
        assertEquals(-1, c.layer());
        assertEquals(-1, c.position());
        assertEquals(Conviction.EQUIVOCATION, c.operation());
        assertEquals(evidence, c.evidence());
        assertEquals(Amount.credits(3000), c.bond(), "what is unbonding is slashed too");
        Amount before = net.account(client).balance();
        net.nextEpoch();
        assertEquals(before.plus(Amount.credits(150)), net.account(client).balance());
    }

    @Test
    void statementsThatDoNotContradictAreRefused() {
        BoundaryStatement one = statement(1, 2, 64, TestDuty.TAG);
        assertTrue(net.refused(client, report(executor, one, one)).contains("do not contradict"));
        for (BoundaryStatement other : java.util.List.of(
                statement(2, 2, 64, TestDuty.OTHER_TAG),
                statement(1, 3, 64, TestDuty.OTHER_TAG),
                statement(1, 2, 65, TestDuty.OTHER_TAG))) {
            assertTrue(net.refused(client, report(executor, one, other)).contains("do not contradict"));
        }
    }

    @Test
    void forgedSignaturesConvictNobody() {
        BoundaryStatement one = statement(1, 2, 64, TestDuty.TAG);
        BoundaryStatement two = statement(1, 2, 64, TestDuty.OTHER_TAG);
        ReportEquivocation real = report(executor, one, two);
        ReportEquivocation framed = new ReportEquivocation(
                TestNetwork.key("veteran").id(), one, real.firstSignature(), two, real.secondSignature());
        assertTrue(net.refused(client, framed).contains("not the signer's"));
        ReportEquivocation half =
                new ReportEquivocation(executor.id(), one, real.firstSignature(), two, real.firstSignature());
        assertTrue(net.refused(client, half).contains("not the signer's"));
        assertTrue(
                net.refused(client, report(TestNetwork.key("nobody"), one, two)).contains("no account"));
    }

    @Test
    void oneJobConvictsOnceAndASecondJobBans() {
        net.apply(client, report(executor, 1));
        assertTrue(net.refused(client, report(executor, 1)).contains("convicted for this job"));
        net.apply(client, report(executor, 2));
        assertTrue(net.event(LedgerEvent.Banned.class).isPresent());
        assertTrue(net.refused(executor, new Bond(Amount.credits(1))).contains("banned"));
        assertTrue(net.refused(executor, new FaucetClaim()).contains("banned"));
        net.apply(executor, new Transfer(client.id(), Amount.credits(1), Bytes.EMPTY));
    }

    @Test
    void manyConvictionsInOneEpochWaitForReview() {
        var more = new org.hearthnet.genesis.spec.ChainSpec.Allocation[4];
        for (int i = 0; i < 4; i++) {
            more[i] = TestNetwork.allocation("bad" + i, 10, 500, 5);
        }
        TestNetwork big = TestNetwork.start(TestNetwork.spec(TestNetwork.parameters(), more));
        for (int i = 0; i < 4; i++) {
            KeyPair bad = TestNetwork.key("bad" + i);
            BoundaryStatement one = statement(1, 2, 64, TestDuty.TAG);
            BoundaryStatement two = statement(1, 2, 64, TestDuty.OTHER_TAG);
            big.submit(
                    client,
                    new ReportEquivocation(
                            bad.id(),
                            one,
                            BoundaryStatement.KIND.sign(bad, big.id(), one),
                            two,
                            BoundaryStatement.KIND.sign(bad, big.id(), two)));
        }
        big.accepted();
        long held = big.nextEpoch().stream()
                .filter(LedgerEvent.SlashHeld.class::isInstance)
                .count();
        assertEquals(4, held);
        assertEquals(Amount.credits(2000), big.holdings().frozen());
        big.nextEpoch();
        assertEquals(Amount.credits(2000), big.holdings().frozen());
        assertEquals(
                4,
                big.chain()
                        .read(v -> Tables.SLASHES.scan(v.state(), Bytes.EMPTY, 9))
                        .size());
    }

    @Test
    void aConvictedExecutorsOtherDutiesGoOn() {
        KeyPair verifier = net.funded("newcomer");
        net.hold(verifier);
        TestJob job = TestJob.open(net, client, executor, 200).run(100);
        net.apply(executor, job.claim());
        var duty = TestDuty.drawn(net, net.nextEpoch()).getFirst();
        net.apply(client, report(executor, 1));
        assertEquals(Amount.ZERO, net.account(executor).vesting());
        TestDuty.complete(net, duty, job, verifier, executor);
        assertEquals(0, net.account(executor).claims().open());
    }
}
