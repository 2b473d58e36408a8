package org.hearthnet.ledger.state;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/** What a block did, for logs and reports; follows from the block and is hashed nowhere. */
public sealed interface LedgerEvent {
    /** Credits moved by the sender's wish. */
    record Transferred(NodeId from, NodeId to, Amount amount) implements LedgerEvent {}

    /** The faucet gave. */
    record FaucetGave(NodeId to, Amount amount) implements LedgerEvent {}

    /** A client locked credits. */
    record EscrowOpened(Hash32 escrow, NodeId client, Amount amount) implements LedgerEvent {}

    /** The rest of an escrow went back. */
    record EscrowReturned(Hash32 escrow, NodeId client, Amount amount) implements LedgerEvent {}

    /** A voucher was redeemed. */
    record Paid(NodeId executor, NodeId client, Hash32 escrow, Amount amount) implements LedgerEvent {}

    /** A batch of receipts was claimed. */
    record BatchClaimed(Hash32 batch, NodeId executor, long epoch, int receipts, Amount fees) implements LedgerEvent {}

    /** All checking of a batch has ended; {@code burned} of its audit fees was left. */
    record BatchClosed(Hash32 batch, NodeId executor, Amount burned) implements LedgerEvent {}

    /** A draw found fewer independent verifiers than the network demands; the batch waits. */
    record DrawPostponed(Hash32 batch, int verifiers) implements LedgerEvent {}

    /** A batch was never drawn, for want of verifiers. */
    record Unaudited(Hash32 batch, NodeId executor) implements LedgerEvent {}

    /** A drawn receipt could not be checked: nobody was left to draw. */
    record ReceiptUnchecked(Hash32 batch, int index, NodeId executor) implements LedgerEvent {}

    /** A verifier was drawn. */
    record DutyDrawn(
            Hash32 duty, Hash32 batch, int index, NodeId executor, NodeId verifier, int attempt, boolean secondOpinion)
            implements LedgerEvent {}

    /** A verifier let a deadline pass. */
    record DutyMissed(Hash32 duty, NodeId verifier) implements LedgerEvent {}

    /** Both sides showed the same tag. */
    record DutyAgreed(Hash32 duty, NodeId executor, NodeId verifier, Amount fromPool, Amount minted)
            implements LedgerEvent {}

    /** They showed different tags. */
    record TagsDiffered(Hash32 duty, NodeId executor, NodeId verifier) implements LedgerEvent {}

    /** A verifier says that it got no fitting inputs. */
    record NotServed(Hash32 duty, NodeId executor, NodeId verifier) implements LedgerEvent {}

    /** A verifier found a difference. */
    record Differed(Hash32 duty, NodeId executor, NodeId verifier) implements LedgerEvent {}

    /** A dispute opened. */
    record Disputed(Hash32 duty, NodeId executor, NodeId challenger) implements LedgerEvent {}

    /** A move of a dispute was accepted. */
    record DisputeMoved(Hash32 duty, NodeId by) implements LedgerEvent {}

    /** An accusation was wrong or was given up. */
    record Dismissed(Hash32 duty, NodeId verifier) implements LedgerEvent {}

    /** An executor could not serve or answer, or confessed. */
    record Silenced(Hash32 duty, NodeId executor, Amount fee, Amount taken, boolean confessed) implements LedgerEvent {}

    /** A fault was proven. */
    record Convicted(Conviction conviction) implements LedgerEvent {}

    /** A second conviction. */
    record Banned(NodeId node) implements LedgerEvent {}

    /** A frozen bond was divided. */
    record Slashed(NodeId node, Amount refund, Amount finder, Amount burned) implements LedgerEvent {}

    /** An epoch had so many convictions that this frozen bond waits for review. */
    record SlashHeld(NodeId node, Amount bond) implements LedgerEvent {}

    /** A client got a fee back. */
    record Refunded(NodeId client, NodeId from, Amount amount) implements LedgerEvent {}

    /** A bond changed by its owner's wish. */
    record BondChanged(NodeId node, Amount bond) implements LedgerEvent {}

    /** A newcomer became a veteran. */
    record Graduated(NodeId node) implements LedgerEvent {}

    /** Matured credits became free. */
    record Withdrawn(NodeId node, Amount vested, Amount unbonded) implements LedgerEvent {}

    /** From this epoch on seats of the committee go by bond. */
    record SeatsOpened(long epoch) implements LedgerEvent {}

    /** A node has a seat in the committee from this epoch on. */
    record SeatTaken(NodeId node, long epoch) implements LedgerEvent {}

    /** A node has no seat any more from this epoch on. */
    record SeatLeft(NodeId node, long epoch) implements LedgerEvent {}

    /** A member missed more turns to make a block than are free, and lost reputation by it. */
    record TurnsMissed(NodeId node, int missed, int reputation) implements LedgerEvent {}

    /** A node said that it holds layers of a model, or that it no longer does. */
    record HoldingChanged(NodeId node, Hash32 manifest, boolean held) implements LedgerEvent {}
}
