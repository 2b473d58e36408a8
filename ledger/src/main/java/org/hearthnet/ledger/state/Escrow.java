package org.hearthnet.ledger.state;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.TransactionBody;

/**
 * A client's locked credits, divided into caps.
 *
 * @param client whose they are
 * @param expiryHeight last height at which work may be promised
 * @param shares one for each executor
 * @param returned whether the rest went back; the record stays a while because draws exclude everybody in it
 */
public record Escrow(
        NodeId client,
        long expiryHeight,
        @Limit(TransactionBody.MAX_CAPS) List<Share> shares,
        boolean returned) {
    /**
     * What one executor may redeem.
     *
     * @param executor who
     * @param cap at most
     * @param redeemed so far
     */
    public record Share(NodeId executor, Amount cap, Amount redeemed) {}

    /** What is still locked. */
    public Amount rest() {
        if (returned) {
            return Amount.ZERO;
        }
        return shares.stream().map(s -> s.cap().minus(s.redeemed())).reduce(Amount.ZERO, Amount::plus);
    }

    /** The share of {@code executor}. */
    public Optional<Share> share(NodeId executor) {
        return shares.stream().filter(s -> s.executor().equals(executor)).findFirst();
    }

    /** After {@code executor} redeemed up to {@code redeemed}. */
    public Escrow redeem(NodeId executor, Amount redeemed) {
        List<Share> next = shares.stream()
                .map(s -> s.executor().equals(executor) ? new Share(executor, s.cap(), redeemed) : s)
                .toList();
        return new Escrow(client, expiryHeight, next, returned);
    }

    /** After the rest went back. */
    public Escrow close() {
        return new Escrow(client, expiryHeight, shares, true);
    }
}
