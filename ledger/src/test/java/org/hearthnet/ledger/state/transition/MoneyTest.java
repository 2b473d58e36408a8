package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.Bond;
import org.hearthnet.ledger.block.TransactionBody.Cap;
import org.hearthnet.ledger.block.TransactionBody.EscrowOpen;
import org.hearthnet.ledger.block.TransactionBody.FaucetClaim;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.block.TransactionBody.Unbond;
import org.hearthnet.ledger.block.TransactionBody.Withdraw;
import org.hearthnet.ledger.state.LedgerEvent;
import org.junit.jupiter.api.Test;

/** Transfers, faucet, escrows and bonds. */
class MoneyTest {
    private static final Amount FEE = TestNetwork.parameters().transactionFee();

    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair executor = TestNetwork.key("executor");
    private final KeyPair stranger = TestNetwork.key("stranger");

    private static Transfer pay(KeyPair to, long credits) {
        return new Transfer(to.id(), Amount.credits(credits), Bytes.EMPTY);
    }

    @Test
    void aTransferMovesCreditsAndBurnsTheFee() {
        Amount before = net.account(client).balance();
        net.apply(client, pay(stranger, 7));
        assertEquals(Amount.credits(7), net.account(stranger).balance());
        assertEquals(
                before.minus(Amount.credits(7)).minus(FEE), net.account(client).balance());
        assertEquals(FEE, net.holdings().supply().burned());
    }

    @Test
    void transfersThatMakeNoSenseAreRefused() {
        assertTrue(net.refused(client, pay(stranger, 0)).contains("nothing"));
        assertTrue(net.refused(client, pay(client, 1)).contains("oneself"));
        assertTrue(net.refused(client, pay(stranger, 1_000_000)).contains("free"));
        assertTrue(net.refused(stranger, pay(client, 1)).contains("needs"));
        assertEquals(Amount.ZERO, net.holdings().supply().burned());
    }

    @Test
    void aReplayAWrongNonceAndAnExpiredTransactionAreRefused() {
        SignedTransaction once = net.sign(client, pay(stranger, 1));
        net.submit(once);
        net.submit(once);
        net.block();
        assertTrue(net.rejected().getFirst().reason().contains("nonce"));
        assertEquals(Amount.credits(1), net.account(stranger).balance());
        net.submit(new Transaction(client.id(), 1, net.chain().height(), TestNetwork.MAX_FEE, pay(stranger, 1))
                .sign(client, net.id()));
        net.block();
        assertTrue(net.rejected().getFirst().reason().contains("expired"));
        net.submit(new Transaction(client.id(), 1, net.chain().height() + 1, TestNetwork.MAX_FEE, pay(stranger, 1))
                .sign(client, net.id()));
        net.accepted();
    }

    @Test
    void aForgedOrForeignSignatureIsRefused() {
        Transaction wanted = new Transaction(client.id(), 0, 99, TestNetwork.MAX_FEE, pay(stranger, 1));
        net.submit(wanted.sign(stranger, net.id()));
        net.submit(wanted.sign(client, TestNetwork.MODEL.id()));
        net.block();
        assertEquals(2, net.rejected().size());
        net.rejected().forEach(r -> assertTrue(r.reason().contains("signature")));
    }

    @Test
    void theFaucetGivesOnceAndMintsNothing() {
        net.apply(stranger, new FaucetClaim());
        assertEquals(Amount.credits(50), net.account(stranger).balance());
        assertEquals(
                Amount.credits(9950), net.account(TestNetwork.key("faucet")).balance());
        assertTrue(net.refused(stranger, new FaucetClaim()).contains("once"));
        assertTrue(net.refused(TestNetwork.key("faucet"), new FaucetClaim()).contains("itself"));
    }

    @Test
    void anEmptyOrMissingFaucetIsRefused() {
        Parameters p = TestNetwork.parameters();
        ChainSpec spec = TestNetwork.spec(p);
        List<ChainSpec.Allocation> without = spec.allocations().stream()
                .filter(a -> !a.label().equals("faucet"))
                .toList();
        TestNetwork none = TestNetwork.start(
                new ChainSpec(spec.name(), spec.demo(), spec.timeMs(), spec.committee(), p, without, spec.models()));
        assertTrue(none.refused(stranger, new FaucetClaim()).contains("no faucet"));
        List<ChainSpec.Allocation> poor = new java.util.ArrayList<>(without);
        poor.add(TestNetwork.allocation("faucet", 49, 0, 0));
        TestNetwork empty = TestNetwork.start(
                new ChainSpec(spec.name(), spec.demo(), spec.timeMs(), spec.committee(), p, poor, spec.models()));
        assertTrue(empty.refused(stranger, new FaucetClaim()).contains("empty"));
    }

    @Test
    void anEscrowLocksItsCapsAndReturnsByItself() {
        long expiry = net.chain().height() + 3;
        var id = net.apply(
                client,
                new EscrowOpen(
                        List.of(new Cap(executor.id(), Amount.credits(10)), new Cap(stranger.id(), Amount.credits(5))),
                        expiry));
        assertEquals(Amount.credits(15), net.holdings().escrows());
        long last = expiry + TestNetwork.parameters().claimBlocks();
        net.blocksTo(last);
        assertEquals(Amount.credits(15), net.holdings().escrows());
        net.block();
        assertEquals(Amount.ZERO, net.holdings().escrows());
        assertEquals(
                new LedgerEvent.EscrowReturned(id, client.id(), Amount.credits(15)),
                net.event(LedgerEvent.EscrowReturned.class).orElseThrow());
        net.blocksTo(last + 100);
        assertTrue(net.chain().read(v -> v.escrow(id)).isEmpty(), "the record is not kept for ever");
    }

    @Test
    void escrowsThatMakeNoSenseAreRefused() {
        Cap cap = new Cap(executor.id(), Amount.credits(1));
        assertTrue(net.refused(client, new EscrowOpen(List.of(), 50)).contains("without caps"));
        assertTrue(net.refused(client, new EscrowOpen(List.of(cap, cap), 50)).contains("two caps"));
        assertTrue(net.refused(client, new EscrowOpen(List.of(cap), 0)).contains("expires"));
        assertTrue(net.refused(client, new EscrowOpen(List.of(cap), Long.MAX_VALUE))
                .contains("expires"));
        assertTrue(net.refused(client, new EscrowOpen(List.of(new Cap(executor.id(), Amount.ZERO)), 50))
                .contains("nothing"));
        Cap huge = new Cap(executor.id(), Amount.of(Long.MAX_VALUE));
        Cap more = new Cap(stranger.id(), Amount.of(1));
        assertTrue(net.refused(client, new EscrowOpen(List.of(huge, more), 50)).contains("overflow"));
    }

    @Test
    void bondingNeedsReputationAndMakesAVeteran() {
        assertTrue(net.refused(client, new Bond(Amount.credits(200))).contains("reputation"));
        TestNetwork other = TestNetwork.start(
                TestNetwork.spec(TestNetwork.parameters(), TestNetwork.allocation("newcomer", 500, 0, 3)));
        KeyPair newcomer = TestNetwork.key("newcomer");
        other.apply(newcomer, new Bond(Amount.credits(99)));
        assertTrue(other.event(LedgerEvent.Graduated.class).isEmpty());
        other.apply(newcomer, new Bond(Amount.credits(1)));
        assertTrue(other.event(LedgerEvent.Graduated.class).isPresent());
        assertEquals(Role.VETERAN, other.chain().read(v -> v.role(newcomer.id())));
        assertTrue(other.refused(newcomer, new Bond(Amount.ZERO)).contains("nothing"));
        assertTrue(other.refused(newcomer, new Bond(Amount.credits(1000))).contains("free"));
    }

    @Test
    void unbondingWaitsAndIsBounded() {
        net.apply(executor, new Unbond(Amount.credits(2950)));
        assertEquals(Role.CLIENT, net.chain().read(v -> v.role(executor.id())));
        assertTrue(net.refused(executor, new Unbond(Amount.credits(51))).contains("only"));
        assertTrue(net.refused(executor, new Unbond(Amount.ZERO)).contains("nothing"));
        assertTrue(net.refused(executor, new Withdraw()).contains("matured"));
        for (int i = 0; i < 15; i++) {
            net.apply(executor, new Unbond(Amount.credits(1)));
        }
        assertTrue(net.refused(executor, new Unbond(Amount.credits(1))).contains("too many"));
        net.blocksTo(50);
        Amount before = net.account(executor).balance();
        net.apply(executor, new Withdraw());
        assertEquals(
                before.plus(Amount.credits(2965)).minus(FEE),
                net.account(executor).balance());
    }

    @Test
    void aHoldingNeedsAnApprovedModelAndItsLayers() {
        TransactionBody.RegisterHolding foreign = new TransactionBody.RegisterHolding(net.id(), TestNetwork.WHOLE);
        assertTrue(net.refused(client, foreign).contains("no approved model"));
        assertTrue(net.refused(
                        client,
                        new TransactionBody.RegisterHolding(
                                TestNetwork.MODEL.id(), new org.hearthnet.genesis.protocol.LayerSpan(0, 5)))
                .contains("only 4 layers"));
        TransactionBody.ReleaseHolding release = new TransactionBody.ReleaseHolding(TestNetwork.MODEL.id());
        assertTrue(net.refused(client, release).contains("no such holding"));
        net.apply(client, new TransactionBody.RegisterHolding(TestNetwork.MODEL.id(), TestNetwork.WHOLE));
        net.apply(client, new TransactionBody.RegisterHolding(TestNetwork.MODEL.id(), TestNetwork.WHOLE));
        assertEquals(1, net.account(client).holdings());
        assertEquals(Role.VERIFIER, net.chain().read(v -> v.role(client.id())));
        net.apply(client, release);
        assertEquals(Role.CLIENT, net.chain().read(v -> v.role(client.id())));
    }
}
