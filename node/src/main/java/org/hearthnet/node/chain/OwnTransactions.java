package org.hearthnet.node.chain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.BaseFee;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;

/**
 * This node's own transactions on their way into a block. One that is not included for a while is signed again with the
 * same nonce, a later expiry and a larger limit of the fee, which replaces it in every pool; so its id changes, while the handle
 * that the submitter holds stays. What is paid is the block's base fee, whatever the limit. A limit that has been raised far
 * over that fee is not raised further: then the same transaction is sent again until it expires. A body moves to another nonce only once all its earlier versions are dead (their nonce was used by another
 * transaction, or all have expired): otherwise it could be executed twice.
 *
 * <p>No clock, no I/O; not safe for several threads.
 */
final class OwnTransactions {
    /**
     * How long and how often.
     *
     * @param maxPending most transactions on their way
     * @param lifetimeBlocks blocks until a version expires
     * @param resendBlocks blocks after which the next version is made
     * @param extraBlocks blocks by which a version outlives the one before, so that all die in order
     * @param maxVersions versions after which a transaction is given up
     * @param firstFeeFactor the first limit of the fee, as a multiple of the base fee
     * @param mostFeeFactor the largest limit of the fee, as a multiple of the base fee
     */
    record Limits(
            int maxPending,
            int lifetimeBlocks,
            int resendBlocks,
            int extraBlocks,
            int maxVersions,
            int firstFeeFactor,
            int mostFeeFactor) {
        static final Limits DEFAULT = new Limits(48, 40, 10, 8, 64, 2, 32);
    }

    /** How it ended. */
    sealed interface Outcome {
        /** A version, {@code id}, is in the new block. */
        record Included(Hash32 handle, Hash32 id) implements Outcome {}

        /** The ledger refuses it. */
        record Rejected(Hash32 handle, String reason) implements Outcome {}
    }

    /**
     * What a new block changed.
     *
     * @param outcomes what ended
     * @param send transactions to send now
     * @param drop versions that the ledger refuses, to be taken out of the pool first
     */
    record Step(List<Outcome> outcomes, List<SignedTransaction> send, List<Hash32> drop) {}

    private static final class Slot {
        private final Hash32 handle;
        private final TransactionBody body;
        private final boolean isFiller;
        private final Set<Hash32> versions = new LinkedHashSet<>();
        private SignedTransaction latest;
        private long signedAtHeight;

        Slot(TransactionBody body, boolean isFiller, SignedTransaction first, long height) {
            this.body = body;
            this.isFiller = isFiller;
            this.latest = first;
            this.handle = first.id();
            this.signedAtHeight = height;
            versions.add(handle);
        }

        long expiry() {
            return latest.transaction().expiryHeight();
        }
    }

    private final KeyPair key;
    private final Hash32 network;
    private final Limits limits;
    private final TransactionBody filler;
    private final TreeMap<Long, Slot> slots = new TreeMap<>();
    private long lastExpiry;
    private Amount baseFee = Amount.ZERO;

    /** @param fillerTo gets the one spark of a transaction that only fills a place; not the own account */
    OwnTransactions(KeyPair key, Hash32 network, NodeId fillerTo, Limits limits) {
        this.key = key;
        this.network = network;
        this.limits = limits;
        // Fills the place of a refused transaction, so that those behind it need not wait until they expire.
        this.filler = new TransactionBody.Transfer(fillerTo, Amount.of(1), Bytes.EMPTY);
    }

    int size() {
        return slots.size();
    }

    /** Whether a transaction with this handle is on its way. */
    boolean isHandle(Hash32 handle) {
        return slots.values().stream().anyMatch(s -> s.handle.equals(handle));
    }

    /** The nonce after all that are on their way and all before {@code freeNonce}. */
    long nextNonce(long freeNonce) {
        return slots.isEmpty() ? freeNonce : Math.max(freeNonce, slots.lastKey() + 1);
    }

    boolean isFull() {
        return slots.size() >= limits.maxPending();
    }

    /** The latest versions in order of nonce. */
    List<SignedTransaction> pending() {
        return slots.values().stream().map(s -> s.latest).toList();
    }

    /**
     * The transaction that {@code body} would be, not yet taken up.
     *
     * @param fee the next block's base fee
     */
    SignedTransaction draft(TransactionBody body, long freeNonce, long height, Amount fee) {
        baseFee = fee;
        long expiry = height + limits.lifetimeBlocks();
        return sign(body, nextNonce(freeNonce), expiry, firstLimit());
    }

    /** Takes up a draft; its id is the handle. */
    void add(SignedTransaction draft, long height) {
        if (isFull()) {
            throw new IllegalStateException("more than " + limits.maxPending() + " own transactions on their way");
        }
        slots.put(draft.transaction().nonce(), new Slot(draft.transaction().body(), false, draft, height));
    }

    private SignedTransaction sign(TransactionBody body, long nonce, long expiry, Amount maxFee) {
        // Keys for a seat cost nothing, so that no flood need keep them out of a pool.
        Amount limit = body instanceof TransactionBody.RegisterSeatKeys ? BaseFee.MOST : maxFee;
        return new Transaction(key.id(), nonce, expiry, limit, body).sign(key, network);
    }

    private Amount firstLimit() {
        return baseFee.times(limits.firstFeeFactor());
    }

    /** The limit that lets a version take the place of one with {@code before}. */
    private Amount nextLimit(Amount before) {
        Amount raised = Mempool.raised(before, MempoolLimits.DEFAULT.replacementPercent());
        return raised.compareTo(firstLimit()) >= 0 ? raised : firstLimit();
    }

    private SignedTransaction resign(TransactionBody body, long nonce, long height, Amount maxFee) {
        long later = slots.values().stream().mapToLong(Slot::expiry).max().orElse(0);
        lastExpiry = Math.max(lastExpiry, later) + limits.extraBlocks();
        long expiry = Math.max(height + limits.lifetimeBlocks(), lastExpiry);
        lastExpiry = expiry;
        return sign(body, nonce, expiry, maxFee);
    }

    /**
     * Follows a new block.
     *
     * @param height the block's
     * @param accountNonce own nonce after the block
     * @param included ids of the block's transactions
     * @param waiting whether some transaction of this account with that nonce is in the pool
     * @param refusal why the ledger would refuse a transaction after those for which it was asked before, if it would
     * @param fee the next block's base fee
     */
    Step onBlock(
            long height,
            long accountNonce,
            Amount fee,
            Set<Hash32> included,
            LongPredicate waiting,
            Function<SignedTransaction, Optional<String>> refusal) {
        baseFee = fee;
        Step step = new Step(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Slot> homeless = new ArrayList<>();
        for (Slot slot : List.copyOf(slots.values())) {
            settle(slot, height, accountNonce, included, step, homeless);
        }
        for (Slot slot : homeless) {
            long free = freeNonce(accountNonce, waiting);
            renew(slot, free, height, step);
            slots.put(free, slot);
        }
        check(height, accountNonce, waiting, refusal, step);
        return step;
    }

    private long freeNonce(long accountNonce, LongPredicate waiting) {
        long free = accountNonce;
        while (slots.containsKey(free) || waiting.test(free)) {
            free++;
        }
        return free;
    }

    /** Takes out what is included, and what has to move to another nonce. */
    private void settle(
            Slot slot, long height, long accountNonce, Set<Hash32> included, Step step, List<Slot> homeless) {
        long nonce = slot.latest.transaction().nonce();
        Optional<Hash32> hit = slot.versions.stream().filter(included::contains).findFirst();
        boolean dead = nonce < accountNonce || (slot.expiry() <= height && nonce > accountNonce);
        if (hit.isPresent()) {
            slots.remove(nonce);
            if (!slot.isFiller) {
                step.outcomes.add(new Outcome.Included(slot.handle, hit.get()));
            }
        } else if (slot.versions.size() >= limits.maxVersions() && slot.expiry() <= height) {
            reject(slot, "not included in " + limits.maxVersions() + " attempts", step);
        } else if (dead) {
            slots.remove(nonce);
            if (!slot.isFiller) {
                homeless.add(slot);
            }
        }
    }

    /** Asks the ledger about each transaction in turn, fills gaps, and renews what has waited for long. */
    private void check(
            long height,
            long accountNonce,
            LongPredicate waiting,
            Function<SignedTransaction, Optional<String>> refusal,
            Step step) {
        long expected = accountNonce;
        for (Slot slot : List.copyOf(slots.values())) {
            long nonce = slot.latest.transaction().nonce();
            for (; expected < nonce; expected++) {
                // A transaction of this account from elsewhere comes first: what follows cannot be judged yet.
                if (waiting.test(expected) || !fill(expected, height, firstLimit(), refusal, step)) {
                    return;
                }
            }
            boolean pricedOut = slot.latest.transaction().maxFee().compareTo(baseFee) < 0;
            if (slot.expiry() <= height || pricedOut) { // no reason to give it up: it only has to be signed again
                renew(slot, nonce, height, step);
            }
            Amount overbid = nextLimit(slot.latest.transaction().maxFee());
            Optional<String> why = refusal.apply(slot.latest);
            if (why.isPresent()) {
                reject(slot, why.get(), step);
                if (slots.higherKey(nonce) != null && !fill(nonce, height, overbid, refusal, step)) {
                    return;
                }
            } else if (height - slot.signedAtHeight >= limits.resendBlocks()
                    && slot.versions.size() < limits.maxVersions()) {
                renew(slot, nonce, height, step);
            }
            expected = nonce + 1;
        }
    }

    private void reject(Slot slot, String why, Step step) {
        slots.remove(slot.latest.transaction().nonce());
        step.drop.addAll(slot.versions);
        if (!slot.isFiller) {
            step.outcomes.add(new Outcome.Rejected(slot.handle, why));
        }
    }

    private boolean fill(
            long nonce, long height, Amount maxFee, Function<SignedTransaction, Optional<String>> refusal, Step step) {
        SignedTransaction signed = resign(filler, nonce, height, maxFee);
        if (refusal.apply(signed).isPresent()) {
            return false;
        }
        slots.put(nonce, new Slot(filler, true, signed, height));
        step.send.add(signed);
        return true;
    }

    private void renew(Slot slot, long nonce, long height, Step step) {
        boolean replaces = slot.latest.transaction().nonce() == nonce && slot.expiry() > height;
        Amount limit = replaces ? nextLimit(slot.latest.transaction().maxFee()) : firstLimit();
        if (replaces && limit.compareTo(baseFee.times(limits.mostFeeFactor())) > 0) {
            slot.signedAtHeight = height; // it is only sent again
            step.send.add(slot.latest);
            return;
        }
        slot.latest = resign(slot.body, nonce, height, limit);
        slot.signedAtHeight = height;
        slot.versions.add(slot.latest.id());
        step.send.add(slot.latest);
    }
}
