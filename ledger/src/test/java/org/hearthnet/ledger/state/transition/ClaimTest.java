package org.hearthnet.ledger.state.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.genesis.protocol.ReceiptBatch.SignedVoucher;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.genesis.rules.FeeSplit;
import org.hearthnet.ledger.TestDuty;
import org.hearthnet.ledger.TestJob;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.TransactionBody.ClaimReceipts;
import org.hearthnet.ledger.block.TransactionBody.Unbond;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.LedgerEvent;
import org.junit.jupiter.api.Test;

/** Claims of receipts, their refusals, and draws that have to wait. */
class ClaimTest {
    private final TestNetwork net = TestNetwork.start();
    private final KeyPair client = TestNetwork.key("client");
    private final KeyPair executor = TestNetwork.key("executor");
    private final TestJob job =
            TestJob.open(net, client, executor, 100).run(100).run(20);

    private ClaimReceipts with(ReceiptBatch b, SignedVoucher... vouchers) {
        return new ClaimReceipts(new ReceiptBatch(b.count(), b.root(), b.largestFee(), List.of(vouchers)));
    }

    private SignedVoucher signed(KeyPair signer, Hash32 escrow, KeyPair to, Amount amount) {
        Voucher voucher = new Voucher(escrow, net.id(), to.id(), amount, 1, Hash32.ZERO);
        return new SignedVoucher(voucher, Voucher.KIND.sign(signer, net.id(), voucher));
    }

    @Test
    void aClaimSplitsTheFee() {
        FeeSplit split = FeeSplit.of(TestNetwork.parameters(), job.total());
        Amount burned = net.holdings().supply().burned();
        net.apply(executor, job.claim());
        assertEquals(split.executor(), net.holdings().vesting());
        assertEquals(split.duty(), net.holdings().dutyPool());
        assertEquals(
                burned.plus(split.burned()).plus(TestNetwork.parameters().transactionFee()),
                net.holdings().supply().burned());
        assertEquals(Amount.credits(100).minus(job.total()), net.holdings().escrows());
        assertEquals(
                job.total(), net.event(LedgerEvent.Paid.class).orElseThrow().amount());
    }

    @Test
    void onlyVeteransClaimAndOnceAnEpoch() {
        TestJob other =
                TestJob.open(net, client, TestNetwork.key("client2"), 100).run(10);
        net.funded("client2");
        assertTrue(net.refused(TestNetwork.key("client2"), other.claim()).contains("only a veteran"));
        net.nextEpoch();
        net.apply(executor, job.claim());
        TestJob more = TestJob.open(net, client, executor, 100).run(10);
        assertTrue(net.refused(executor, more.claim()).contains("second batch"));
        net.nextEpoch();
        net.apply(executor, more.claim());
    }

    @Test
    void aVoucherIsRedeemedOnceAndOnlyItsIncrease() {
        net.apply(executor, job.claim());
        net.nextEpoch();
        assertTrue(net.refused(executor, job.claim()).contains("redeemed before"));
        TestJob more = job; // the voucher is cumulative: 48 credits were paid, 10 more are due
        Amount before = net.account(executor).vesting();
        ReceiptBatch b = TestJob.open(net, client, executor, 1).run(25).claim().batch();
        net.apply(executor, with(b, more.voucher(job.total().plus(Amount.credits(10)))));
        assertEquals(
                before.plus(FeeSplit.of(TestNetwork.parameters(), Amount.credits(10))
                        .executor()),
                net.account(executor).vesting());
    }

    @Test
    void aVoucherIsRedeemedAsFarAsTheClaimSays() {
        Voucher voucher = job.voucher(job.total().plus(Amount.credits(9))).voucher();
        var signature = Voucher.KIND.sign(client, net.id(), voucher);
        net.apply(executor, with(job.claim().batch(), new SignedVoucher(voucher, signature, job.total())));
        assertEquals(Amount.credits(100).minus(job.total()), net.holdings().escrows());
        net.nextEpoch();
        ReceiptBatch rest =
                TestJob.open(net, client, executor, 1).run(22).claim().batch();
        SignedVoucher more = new SignedVoucher(voucher, signature, job.total().plus(Amount.of(8_800_000)));
        net.apply(executor, with(rest, more));
    }

    @Test
    void aVoucherIsWorthItsCapAtMost() {
        ReceiptBatch b =
                TestJob.open(net, client, executor, 1).run(125).run(125).claim().batch();
        net.apply(executor, with(b, job.voucher(Amount.credits(1000))));
        assertEquals(Amount.credits(1), net.holdings().escrows());
    }

    @Test
    void sumsThatDoNotMatchAreRefused() {
        assertTrue(net.refused(executor, job.claim(job.total().minus(Amount.of(1))))
                .contains("sum to"));
        assertTrue(
                net.refused(executor, job.claim(job.total().plus(Amount.of(1)))).contains("sum to"));
        ReceiptBatch b = job.claim().batch();
        SumTree.Sum lie = new SumTree.Sum(b.root().hash(), Amount.ZERO, 1);
        assertTrue(net.refused(executor, new ClaimReceipts(new ReceiptBatch(2, lie, Amount.ZERO, List.of())))
                .contains("without fees"));
        assertTrue(
                net.refused(executor, new ClaimReceipts(new ReceiptBatch(2, b.root(), Amount.credits(1), b.vouchers())))
                        .contains("largest fee"));
        assertTrue(net.refused(
                        executor, new ClaimReceipts(new ReceiptBatch(2, b.root(), Amount.credits(999), b.vouchers())))
                .contains("largest fee"));
    }

    @Test
    void vouchersThatAreNotTheClientsAreRefused() {
        ReceiptBatch b = job.claim().batch();
        Amount all = job.total();
        assertTrue(net.refused(executor, with(b, signed(executor, job.escrow(), executor, all)))
                .contains("did not sign"));
        assertTrue(net.refused(executor, with(b, signed(client, job.escrow(), client, all)))
                .contains("somebody else"));
        assertTrue(net.refused(executor, with(b, signed(client, net.id(), executor, all)))
                .contains("no escrow"));
        assertTrue(net.refused(executor, with(b, job.voucher(all), job.voucher(all)))
                .contains("two vouchers"));
        TestJob foreign =
                TestJob.open(net, client, TestNetwork.key("veteran"), 100).run(1);
        assertTrue(net.refused(executor, with(b, signed(client, foreign.escrow(), executor, all)))
                .contains("no cap"));
    }

    @Test
    void afterTheClaimWindowNothingIsRedeemed() {
        net.blocksTo(21 + TestNetwork.parameters().claimBlocks());
        assertTrue(net.refused(executor, job.claim()).contains("claim window"));
    }

    @Test
    void theExposureCapFollowsBondAndRecord() {
        net.apply(
                executor,
                new Unbond(Amount.credits(
                        2890))); // 110 left, half of which would be lost at least: a third of that is 18.3
        assertTrue(net.refused(executor, job.claim()).contains("exposure cap"));
        ReceiptBatch b = job.claim().batch();
        TestJob smaller = TestJob.open(net, client, executor, 100).run(45);
        assertEquals(Amount.of(18_000_000), smaller.total());
        assertTrue(b.largestFee().compareTo(smaller.total()) > 0);
        net.apply(executor, smaller.claim());
    }

    @Test
    void tooManyWaitingBatchesHaveToBeWithdrawnFirst() {
        for (int i = 0; i < ClaimRule.MAX_WAITING; i++) {
            net.nextEpoch();
            net.apply(executor, TestJob.open(net, client, executor, 1).run(1).claim());
        }
        net.nextEpoch();
        TestJob last = TestJob.open(net, client, executor, 1).run(1);
        assertTrue(net.refused(executor, last.claim()).contains("withdraw first"));
        net.apply(executor, new org.hearthnet.ledger.block.TransactionBody.Withdraw());
        net.apply(executor, last.claim());
    }

    @Test
    void withoutVerifiersFeesWaitAndThenCloseUnaudited() {
        Hash32 batch = Batch.id(executor.id(), 0, job.claim().batch().root().hash());
        net.apply(executor, job.claim());
        long postponed = 0;
        for (int i = 0; i < TestNetwork.parameters().vestingEpochs(); i++) {
            postponed += net.nextEpoch().stream()
                    .filter(LedgerEvent.DrawPostponed.class::isInstance)
                    .count();
        }
        assertEquals(TestNetwork.parameters().vestingEpochs(), postponed);
        assertEquals(1, net.account(executor).claims().open());
        assertTrue(net.nextEpoch().stream().anyMatch(LedgerEvent.Unaudited.class::isInstance));
        assertTrue(net.chain().read(v -> v.batch(batch)).orElseThrow().isClosed());
        assertEquals(Amount.ZERO, net.holdings().dutyPool());
        assertEquals(0, net.account(executor).standing().record());
    }

    @Test
    void partiesOfTheJobAreNeverDrawn() {
        KeyPair capHolder = TestNetwork.key("veteran");
        net.hold(client, executor, capHolder);
        long expiry = net.chain().height() + 20;
        Hash32 escrow = net.apply(
                client,
                new org.hearthnet.ledger.block.TransactionBody.EscrowOpen(
                        List.of(
                                new org.hearthnet.ledger.block.TransactionBody.Cap(executor.id(), Amount.credits(100)),
                                new org.hearthnet.ledger.block.TransactionBody.Cap(capHolder.id(), Amount.credits(1))),
                        expiry));
        ReceiptBatch b = job.claim().batch();
        net.apply(executor, with(b, signed(client, escrow, executor, job.total())));
        net.apply(capHolder, TestJob.of(net, client, capHolder, escrow).run(1).claim());
        assertEquals(
                2,
                net.nextEpoch().stream()
                        .filter(LedgerEvent.DrawPostponed.class::isInstance)
                        .count());
    }

    /** Else a client that conspires with an executor could keep every honest verifier away, for a spark each. */
    @Test
    void aCapAloneKeepsNobodyOutOfTheDraw() {
        KeyPair honest = TestNetwork.key("veteran");
        net.hold(client, executor, honest);
        Hash32 escrow = net.apply(
                client,
                new org.hearthnet.ledger.block.TransactionBody.EscrowOpen(
                        List.of(
                                new org.hearthnet.ledger.block.TransactionBody.Cap(executor.id(), Amount.credits(100)),
                                new org.hearthnet.ledger.block.TransactionBody.Cap(honest.id(), Amount.of(1))),
                        net.chain().height() + 20));
        ReceiptBatch b = job.claim().batch();
        net.apply(executor, with(b, signed(client, escrow, executor, job.total())));
        assertTrue(net.nextEpoch().stream()
                .anyMatch(e ->
                        e instanceof LedgerEvent.DutyDrawn d && d.verifier().equals(honest.id())));
    }

    /** Else a record that grows between claim and draw would let fees for the full rate be drawn at a low one. */
    @Test
    void aBatchIsDrawnAtTheRateOfItsClaimAtLeast() {
        KeyPair verifier = TestNetwork.key("veteran");
        net.hold(verifier);
        TestJob first =
                TestJob.open(net, client, executor, 100).run(1).run(1).run(1).run(1);
        net.apply(executor, first.claim());
        List<Duty> duties = TestDuty.drawn(net, net.nextEpoch());
        assertEquals(4, duties.size());
        TestJob large = TestJob.open(net, client, executor, 100).run(100);
        net.apply(executor, large.claim());
        Hash32 batch = Batch.id(executor.id(), net.chain().height() / 10, large.claimRoot());
        duties.forEach(d -> net.submit(verifier, TestDuty.agree(d, first)));
        net.accepted();
        duties.forEach(d -> net.submit(executor, TestDuty.answer(d, TestDuty.TAG)));
        net.accepted();
        duties.forEach(d -> net.submit(verifier, TestDuty.reveal(d)));
        net.accepted();
        assertEquals(500, (int) net.chain().read(v -> v.auditRate(executor.id())));
        assertEquals(1, TestDuty.drawn(net, net.nextEpoch()).size());
        assertEquals(
                1000,
                net.chain().read(v -> v.batch(batch)).orElseThrow().checking().rate());
    }
}
