package org.hearthnet.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.ScriptedReferee;
import org.hearthnet.ledger.TestDuty;
import org.hearthnet.ledger.TestJob;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.audit.AuditHistory.Divided;
import org.hearthnet.ledger.audit.AuditHistory.ProvenFault;
import org.hearthnet.ledger.audit.AuditHistory.Totals;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.TransactionBody.MoveInDispute;
import org.hearthnet.ledger.block.TransactionBody.ReportEquivocation;
import org.hearthnet.ledger.block.TransactionBody.Withdraw;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.MemoryStore.MemoryState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit tells besides whether all is well. */
class AuditHistoryTest {
    private static final ChainSpec SPEC = TestNetwork.spec(TestNetwork.parameters());
    private static final Rules RULES = new Rules(SPEC, new ScriptedReferee());

    @TempDir
    Path node = Path.of("");

    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair executor = TestNetwork.key("executor");

    private static ReportEquivocation contradiction(TestNetwork net, KeyPair signer, int job) {
        Hash32 id = Hashing.in("test-job").add(job).finish();
        BoundaryStatement first = new BoundaryStatement(id, 2, 64, TestDuty.TAG);
        BoundaryStatement second = new BoundaryStatement(id, 2, 64, TestDuty.OTHER_TAG);
        return new ReportEquivocation(
                signer.id(),
                first,
                BoundaryStatement.KIND.sign(signer, net.id(), first),
                second,
                BoundaryStatement.KIND.sign(signer, net.id(), second));
    }

    private void dispute(TestNetwork net) {
        KeyPair newcomer = net.funded("newcomer");
        net.hold(newcomer);
        TestJob job = TestJob.open(net, client, executor, 200).run(100);
        net.apply(executor, job.claim());
        Duty duty = TestDuty.drawn(net, net.nextEpoch()).getFirst();
        net.apply(newcomer, TestDuty.differ(duty, job));
        net.apply(executor, new MoveInDispute(duty.id(), ScriptedReferee.SHOW));
        net.apply(newcomer, new MoveInDispute(duty.id(), new DisputeMove.PickLayer(ScriptedReferee.EXECUTOR_WRONG)));
    }

    @Test
    void convictionsAreRecomputedAndSlashesListed() {
        long height;
        try (RocksStore store = RocksStore.open(node, SPEC.id())) {
            TestNetwork net = TestNetwork.on(SPEC, store);
            dispute(net);
            net.apply(client, contradiction(net, TestNetwork.key("veteran"), 1));
            net.nextEpoch();
            net.nextEpoch();
            height = store.height();
        }
        AuditReport report = Audit.run(node, RULES, AuditProgress.NONE);
        assertTrue(report.ok(), report.errors().toString());
        AuditHistory history = report.history();
        assertEquals(2, report.convictions());
        assertEquals(2, history.convictions().size());
        ProvenFault disputed = history.convictions().getFirst();
        assertTrue(disputed.holds());
        assertEquals(executor.id(), disputed.conviction().node());
        assertEquals(TestNetwork.key("newcomer").id(), disputed.by());
        assertTrue(disputed.how().contains("DOWN[3]") && disputed.how().contains("wrong"), disputed.how());
        ProvenFault signed = history.convictions().getLast();
        assertTrue(signed.holds());
        assertTrue(signed.how().contains("both signatures"), signed.how());
        assertTrue(signed.evidenceBytes() > 200);
        List<Divided> slashes = history.slashes();
        assertEquals(2, slashes.size());
        for (Divided slash : slashes) {
            assertEquals(
                    Amount.credits(3000), slash.refund().plus(slash.finder()).plus(slash.burned()));
            assertEquals(Amount.ZERO, slash.held());
        }
        supplyAddsUp(history, height);
    }

    private static void supplyAddsUp(AuditHistory history, long height) {
        List<Totals> totals = history.totals();
        assertEquals(height, totals.getLast().height());
        assertEquals(
                (height + 1) / 10,
                totals.stream().filter(t -> (t.height() + 1) % 10 == 0).count());
        Totals before = totals.getFirst();
        for (Totals t : totals) {
            assertEquals(t.minted().minus(t.burned()), t.held());
            assertTrue(t.burned().compareTo(before.burned()) >= 0 && t.height() >= before.height());
            before = t;
        }
    }

    /** The check is one of its own: what does not prove the fault is found even if a block said so. */
    @Test
    void evidenceThatProvesNothingIsFound() {
        TestNetwork net = TestNetwork.start(SPEC);
        ReportEquivocation good = contradiction(net, executor, 1);
        Conviction conviction = new Conviction(
                executor.id(), good.first().job(), 1, -1, -1, Conviction.EQUIVOCATION, Amount.ZERO, 1, Hash32.ZERO);
        assertTrue(check(net, conviction, good).holds());
        ReportEquivocation same = new ReportEquivocation(
                good.signer(), good.first(), good.firstSignature(), good.first(), good.firstSignature());
        assertFalse(check(net, conviction, same).holds());
        ReportEquivocation forged = new ReportEquivocation(
                good.signer(), good.first(), good.firstSignature(), good.second(), good.firstSignature());
        assertTrue(check(net, conviction, forged).how().contains("not the node's"));
        ReportEquivocation another = contradiction(net, client, 1);
        assertFalse(check(net, conviction, another).holds(), "somebody else's contradiction");
        assertFalse(check(net, conviction, new Withdraw()).holds());
        assertFalse(new EvidenceCheck(RULES)
                .check(conviction, net.chain().store().block(0).orElseThrow(), new MemoryState())
                .holds());
    }

    private static ProvenFault check(
            TestNetwork net, Conviction c, org.hearthnet.ledger.block.TransactionBody evidence) {
        var signed = net.sign(TestNetwork.key("client"), evidence);
        Block genesis = net.chain().store().block(0).orElseThrow();
        Block block = new Block(genesis.header(), genesis.signature(), List.of(signed));
        Conviction named = new Conviction(
                c.node(), c.job(), c.stage(), c.layer(), c.position(), c.operation(), c.bond(), 1, signed.id());
        return new EvidenceCheck(RULES).check(named, block, new MemoryState());
    }

    @Test
    void aLongChainKeepsABoundedNumberOfTotals() {
        HistoryKeeper keeper = new HistoryKeeper(RULES);
        MemoryState state = new MemoryState();
        state.apply(org.hearthnet.ledger.state.transition.Genesis.of(SPEC).delta());
        for (long height = 1; height < 60_000; height++) {
            keeper.after(height, state, Amount.ZERO);
        }
        AuditHistory history = keeper.finish(59_999, state, Amount.ZERO);
        assertTrue(history.totals().size() <= HistoryKeeper.MAX_TOTALS + 1);
        assertTrue(history.totals().size() >= HistoryKeeper.MAX_TOTALS / 2);
        assertEquals(59_999, history.totals().getLast().height());
    }
}
