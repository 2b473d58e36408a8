package org.hearthnet.ledger.block;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.ReceiptBatch;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.genesis.spec.SeatKeys;

/** What a transaction does. The numbers in the tags are never reused. */
public sealed interface TransactionBody {
    /** Longest memo in bytes of UTF-8. */
    int MAX_MEMO_BYTES = 64;

    /** Most caps of one escrow. */
    int MAX_CAPS = 64;

    /** Moves free credits. */
    @Tag(0)
    record Transfer(
            NodeId to, Amount amount, @Limit(MAX_MEMO_BYTES) Bytes memo) implements TransactionBody {}

    /** Asks the faucet for its grant; once an account, free of the transaction fee. */
    @Tag(1)
    record FaucetClaim() implements TransactionBody {}

    /** What one executor may redeem from an escrow, at most. */
    record Cap(NodeId executor, Amount amount) {}

    /**
     * Locks the sum of {@code caps}. The transaction's id names the escrow.
     *
     * @param caps one for each executor that may be paid
     * @param expiryHeight last height at which work may be promised; vouchers are redeemed for {@code claimBlocks} more
     */
    @Tag(2)
    record EscrowOpen(@Limit(MAX_CAPS) List<Cap> caps, long expiryHeight) implements TransactionBody {}

    /** A veteran's claim for the running epoch. */
    @Tag(3)
    record ClaimReceipts(ReceiptBatch batch) implements TransactionBody {}

    /** Moves free credits into the sender's bond. */
    @Tag(4)
    record Bond(Amount amount) implements TransactionBody {}

    /** Starts to release part of the sender's bond; it can still be slashed while it waits. */
    @Tag(5)
    record Unbond(Amount amount) implements TransactionBody {}

    /** Moves matured unbondings and vested fees into the sender's balance. */
    @Tag(6)
    record Withdraw() implements TransactionBody {}

    /** Says that the sender holds {@code span} of a model, from the next epoch on. Replaces an earlier statement. */
    @Tag(7)
    record RegisterHolding(Hash32 manifest, LayerSpan span) implements TransactionBody {}

    /** Ends a holding. */
    @Tag(8)
    record ReleaseHolding(Hash32 manifest) implements TransactionBody {}

    /**
     * A verifier's finding.
     *
     * @param duty which duty
     * @param verdict what it found
     * @param opening the receipt; absent exactly for {@link Verdict#NOT_SERVED}
     * @param sealedTag {@code Commitments.sealedTag(tag, salt)} for {@link Verdict#AGREE}, else {@link Hash32#ZERO}
     */
    @Tag(9)
    record PostVerdict(Hash32 duty, Verdict verdict, Optional<ReceiptOpening> opening, Hash32 sealedTag)
            implements TransactionBody {}

    /** The executor's tag for that duty's verifier. */
    @Tag(10)
    record PostAnswer(Hash32 duty, Hash32 tag) implements TransactionBody {}

    /** The verifier opens its sealed tag. */
    @Tag(11)
    record RevealTag(Hash32 duty, Hash32 tag, Hash32 salt) implements TransactionBody {}

    /** A move by the party whose turn it is. {@code dispute} is the duty that it grew out of. */
    @Tag(12)
    record MoveInDispute(Hash32 dispute, DisputeMove move) implements TransactionBody {}

    /**
     * Two contradicting statements by one key.
     *
     * @param signer whose they are
     * @param first one statement
     * @param firstSignature its signature
     * @param second same job, boundary and positions, another root
     * @param secondSignature its signature
     */
    @Tag(13)
    record ReportEquivocation(
            NodeId signer,
            BoundaryStatement first,
            Signature firstSignature,
            BoundaryStatement second,
            Signature secondSignature)
            implements TransactionBody {}

    /** The executor of a duty admits an error, or that it cannot answer, before a dispute opens. */
    @Tag(14)
    record Confess(Hash32 duty) implements TransactionBody {}

    /** Two ballots of one member that contradict each other, see {@link Ballot#contradicts}. */
    @Tag(15)
    record ReportDoubleVote(Vote first, Vote second) implements TransactionBody {}

    /** Two blocks of one leader for one view. */
    @Tag(16)
    record ReportDoubleBlock(SignedHeader first, SignedHeader second) implements TransactionBody {}

    /**
     * Says that the sender is there, and with which keys it sits in the committee from three epochs later on, if it then
     * has a seat; once an epoch, free of the transaction fee.
     *
     * @param epoch the only one in which this may be in a block: later the sender may have put the key away
     * @param keys the keys
     * @param possession that the sender holds them
     */
    @Tag(17)
    record RegisterSeatKeys(long epoch, SeatKeys keys, SeatKeys.Possession possession) implements TransactionBody {}
}
