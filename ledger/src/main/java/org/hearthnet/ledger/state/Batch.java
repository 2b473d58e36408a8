package org.hearthnet.ledger.state;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.ReceiptBatch;

/**
 * A claimed batch of receipts and the credits that hang on it.
 *
 * @param executor who claimed
 * @param epoch for which epoch
 * @param count number of receipts
 * @param root root of their sum tree
 * @param largestFee largest fee of one of them, as claimed
 * @param payments who paid
 * @param purse credits that hang on the batch
 * @param releaseEpoch from when on the executor's part can be withdrawn, if the batch is closed
 * @param checking how far its checking is
 */
public record Batch(
        NodeId executor,
        long epoch,
        int count,
        SumTree.Sum root,
        Amount largestFee,
        @Limit(ReceiptBatch.MAX_RECEIPTS) List<Payment> payments,
        Purse purse,
        long releaseEpoch,
        Checking checking) {
    /** How far the checking of a batch is. */
    public enum Phase {
        /** Not drawn yet. */
        WAITING,
        /** Some receipts are being checked. */
        DRAWN,
        /** Checked, or not to be checked. */
        CLOSED
    }

    /**
     * Credits of a batch.
     *
     * @param vesting the executor's part, until it is withdrawn or forfeited
     * @param dutyLeft audit fees not yet paid out; burned when the batch closes
     * @param mintLeft what the batch burned, less what was minted for checking it; a bound, not credits
     */
    public record Purse(Amount vesting, Amount dutyLeft, Amount mintLeft) {}

    /**
     * The state of its checking.
     *
     * @param phase how far it is
     * @param rate audit rate in thousandths: that of the claim, and from the draw on the larger of the two
     * @param postponed how often the draw found too few verifiers
     * @param openReceipts drawn receipts whose case has not ended
     */
    public record Checking(Phase phase, int rate, int postponed, int openReceipts) {}

    /**
     * What one escrow paid.
     *
     * @param escrow which
     * @param client its owner
     * @param amount how much
     */
    public record Payment(Hash32 escrow, NodeId client, Amount amount) {}

    /** The hash that names the batch of {@code executor} for {@code epoch} with root {@code root}. */
    public static Hash32 id(NodeId executor, long epoch, Hash32 root) {
        return Hashing.in("hearth/batch/1")
                .add(executor.key())
                .add(epoch)
                .add(root)
                .finish();
    }

    /** The hash that names this batch. */
    public Hash32 id() {
        return id(executor, epoch, root.hash());
    }

    /** The payment from {@code escrow}. */
    public Optional<Payment> payment(Hash32 escrow) {
        return payments.stream().filter(p -> p.escrow().equals(escrow)).findFirst();
    }

    /** Other credits. */
    public Batch withPurse(Purse value) {
        return new Batch(executor, epoch, count, root, largestFee, payments, value, releaseEpoch, checking);
    }

    /** Another amount vesting. */
    public Batch withVesting(Amount value) {
        return withPurse(new Purse(value, purse.dutyLeft(), purse.mintLeft()));
    }

    /** Another state of the checking. */
    public Batch withChecking(Checking value) {
        return new Batch(executor, epoch, count, root, largestFee, payments, purse, releaseEpoch, value);
    }

    /** Whether all checking has ended. */
    public boolean isClosed() {
        return checking.phase() == Phase.CLOSED;
    }
}
