package org.hearthnet.node.pipeline.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.genesis.protocol.ReceiptBatch.SignedVoucher;
import org.hearthnet.node.pipeline.LedgerPort;
import org.hearthnet.node.pipeline.LedgerPort.Claimable;
import org.hearthnet.node.pipeline.LedgerPort.EscrowTerms;

/** Makes an executor's claims: receipts that vouchers pay for, at most one batch an epoch. */
public final class ClaimBuilder {
    private final JobStore store;
    private final LedgerPort ledger;
    private final NodeId self;

    /** Claims for {@code self} out of {@code store}. */
    public ClaimBuilder(JobStore store, LedgerPort ledger, NodeId self) {
        this.store = store;
        this.ledger = ledger;
        this.self = self;
    }

    /**
     * The claim to post in {@code epoch}. One that was built and never settled comes again as it was, whatever happened
     * to this process meanwhile: {@link JobStore#claimed} or {@link JobStore#rejected} ends that.
     *
     * @return nothing if there is nothing to claim
     */
    public Optional<StoredBatch> build(long epoch) throws IOException {
        for (StoredBatch batch : store.batches()) {
            if (batch.state() == StoredBatch.State.BUILT) {
                return Optional.of(batch);
            }
        }
        dropUnpayable();
        Selection selection = new Selection();
        for (StoredReceipt receipt : store.unclaimed()) {
            selection.offer(receipt);
        }
        if (selection.chosen.isEmpty()) {
            return Optional.empty();
        }
        StoredBatch batch = selection.batch(epoch);
        store.add(batch);
        return Optional.of(batch);
    }

    /** Receipts whose escrow is gone or was never paid from will never be paid. */
    private void dropUnpayable() throws IOException {
        for (StoredReceipt receipt : store.unclaimed()) {
            Optional<EscrowTerms> escrow = ledger.escrow(receipt.escrow());
            if (escrow.isEmpty() || escrow.get().claimHeight() < ledger.height()) {
                store.discard(receipt);
            }
        }
    }

    private final class Selection {
        private final List<StoredReceipt> chosen = new ArrayList<>();
        private final Map<Hash32, Purse> purses = new LinkedHashMap<>();
        private final Amount exposureCap = ledger.exposureCap(self);

        void offer(StoredReceipt receipt) {
            Amount fee = receipt.receipt().fee();
            if (chosen.size() == ReceiptBatch.MAX_RECEIPTS || fee.isZero() || fee.compareTo(exposureCap) > 0) {
                return;
            }
            Purse purse = purses.computeIfAbsent(receipt.escrow(), this::purse);
            if (purse.take(fee)) {
                chosen.add(receipt);
            }
        }

        private Purse purse(Hash32 escrow) {
            Optional<Claimable> share = ledger.escrow(escrow).flatMap(e -> e.of(self));
            Optional<SignedVoucher> highest = store.receipts().stream()
                    .filter(r -> r.escrow().equals(escrow))
                    .flatMap(r -> r.voucher().stream())
                    .max(java.util.Comparator.comparing(v -> v.voucher().cumulative()));
            return new Purse(
                    highest,
                    share.map(Claimable::cap).orElse(Amount.ZERO),
                    share.map(Claimable::redeemed).orElse(Amount.ZERO));
        }

        StoredBatch batch(long epoch) {
            SumTree.Sum root =
                    SumTree.root(chosen.stream().map(r -> r.receipt().leaf()).toList());
            Amount largest = chosen.stream()
                    .map(r -> r.receipt().fee())
                    .max(Amount::compareTo)
                    .orElse(Amount.ZERO);
            List<SignedVoucher> vouchers = purses.values().stream()
                    .flatMap(p -> p.redemption().stream())
                    .toList();
            return new StoredBatch(
                    epoch,
                    new ReceiptBatch(chosen.size(), root, largest, vouchers),
                    chosen.stream()
                            .map(r -> new StoredBatch.Reference(
                                    r.receipt().job(), r.receipt().stage()))
                            .toList(),
                    StoredBatch.State.BUILT);
        }
    }

    /** What one escrow still pays. */
    private static final class Purse {
        private final Optional<SignedVoucher> voucher;
        private final Amount limit;
        private final Amount before;
        private Amount taken;

        Purse(Optional<SignedVoucher> voucher, Amount cap, Amount redeemed) {
            this.voucher = voucher;
            this.limit = voucher.map(v -> v.voucher().cumulative().min(cap)).orElse(Amount.ZERO);
            this.before = redeemed;
            this.taken = redeemed;
        }

        boolean take(Amount fee) {
            if (taken.plus(fee).compareTo(limit) > 0) {
                return false;
            }
            taken = taken.plus(fee);
            return true;
        }

        Optional<SignedVoucher> redemption() {
            return taken.equals(before)
                    ? Optional.empty()
                    : voucher.map(v -> new SignedVoucher(v.voucher(), v.signature(), taken));
        }
    }
}
