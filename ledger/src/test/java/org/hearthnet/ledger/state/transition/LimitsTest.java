package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.ScriptedReferee;
import org.hearthnet.ledger.TestJob;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.TransactionBody.Cap;
import org.hearthnet.ledger.block.TransactionBody.EscrowOpen;
import org.hearthnet.ledger.block.TransactionBody.RegisterHolding;
import org.hearthnet.ledger.state.Holding;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Overlay;
import org.hearthnet.ledger.state.Tables;
import org.junit.jupiter.api.Test;

/** What a block does by itself is bounded, and what is left is done in the next one. */
class LimitsTest {
    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair executor = TestNetwork.key("executor");

    private long count(Class<? extends LedgerEvent> type) {
        return net.events().stream().filter(type::isInstance).count();
    }

    @Test
    void escrowsThatEndTogetherAreReturnedInPortions() {
        int escrows = Settlement.MAX_PER_BLOCK + 10;
        EscrowOpen body = new EscrowOpen(List.of(new Cap(executor.id(), Amount.credits(1))), 3);
        for (int i = 0; i < escrows; i++) {
            net.submit(client, body);
        }
        net.accepted();
        net.blocksTo(3 + TestNetwork.parameters().claimBlocks());
        net.block();
        assertEquals(Settlement.MAX_PER_BLOCK, count(LedgerEvent.EscrowReturned.class));
        net.block();
        assertEquals(10, count(LedgerEvent.EscrowReturned.class));
        assertEquals(Amount.ZERO, net.holdings().escrows());
    }

    @Test
    void deadlinesThatPassTogetherAreProcessedInPortions() {
        KeyPair verifier = net.funded("newcomer");
        net.hold(verifier);
        KeyPair veteran = TestNetwork.key("veteran");
        for (KeyPair each : List.of(executor, veteran)) {
            TestJob job = TestJob.open(net, client, each, 100);
            for (int i = 0; i < 200; i++) {
                job.run(1);
            }
            net.submit(each, job.claim());
        }
        net.accepted();
        net.nextEpoch();
        assertEquals(400, count(LedgerEvent.DutyDrawn.class));
        net.blocksTo(net.chain().height() + TestNetwork.parameters().dutyBlocks());
        assertEquals(0, count(LedgerEvent.DutyMissed.class));
        net.block();
        assertEquals(Deadlines.MAX_PER_BLOCK, count(LedgerEvent.DutyMissed.class));
        net.block();
        assertEquals(400 - Deadlines.MAX_PER_BLOCK, count(LedgerEvent.DutyMissed.class));
        assertEquals(Amount.ZERO, net.holdings().dutyPool());
    }

    @Test
    void aModelHasABoundedNumberOfHolders() {
        Overlay state = new Overlay(net.chain().store().state());
        Context context =
                new Context(new Rules(net.chain().rules().spec(), new ScriptedReferee()), 1, Hash32.ZERO, state);
        Hash32 model = TestNetwork.MODEL.id();
        Holding holding = new Holding(TestNetwork.WHOLE, 0);
        for (int i = 1; i < HoldingRule.MAX_HOLDERS; i++) {
            Hash32 somebody = Hashing.in("test-holder").add(i).finish();
            Tables.HOLDINGS.put(state, Keys.of(model, somebody), holding);
        }
        RegisterHolding body = new RegisterHolding(model, TestNetwork.WHOLE);
        HoldingRule.apply(context, client.id(), body);
        Refusal refusal = assertThrows(Refusal.class, () -> HoldingRule.apply(context, executor.id(), body));
        assertTrue(String.valueOf(refusal.getMessage()).contains("holders already"));
        HoldingRule.apply(context, client.id(), body); // who is in may still change its statement
        assertEquals(1, context.account(client.id()).holdings());
        assertEquals(0, context.account(new NodeId(model)).holdings());
    }
}
