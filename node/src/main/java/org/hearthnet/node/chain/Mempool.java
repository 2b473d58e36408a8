package org.hearthnet.node.chain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that wait for a block. All pay the same fee, so there is no auction for places in a block; but when the pool is
 * full, whoever is ready to pay least gives way, and among equals whoever has most in it. Signatures and balances are checked
 * before; this object is not safe for several threads.
 */
final class Mempool {
    /** A waiting transaction and the length of its encoding. */
    private record Entry(SignedTransaction signed, Hash32 id, int bytes) {
        boolean paysNothing() {
            return Mempool.paysNothing(signed.transaction().body());
        }

        boolean registersKeys() {
            return signed.transaction().body() instanceof TransactionBody.RegisterSeatKeys;
        }

        /** Anybody can make claims without end; who may register keys for a seat is few, and each once. */
        boolean isUnlimited() {
            return paysNothing() && !registersKeys();
        }

        boolean affords(Amount baseFee) {
            return paysNothing() || signed.transaction().maxFee().compareTo(baseFee) >= 0;
        }
    }

    /** One sender's transactions by nonce. */
    private static final class Queue {
        private final TreeMap<Long, Entry> byNonce = new TreeMap<>();
        private long bytes;

        private boolean registersKeys() {
            return byNonce.values().stream().anyMatch(Entry::registersKeys);
        }

        /** The least that any of them is ready to pay: those behind it wait for it. */
        private Amount least() {
            return byNonce.values().stream()
                    .map(e -> e.signed.transaction().maxFee())
                    .min(Amount::compareTo)
                    .orElse(Amount.ZERO);
        }
    }

    /** Whether the ledger takes no fee for it: whoever pools it has asked whether the sender may send it. */
    static boolean paysNothing(TransactionBody body) {
        return body instanceof TransactionBody.FaucetClaim || body instanceof TransactionBody.RegisterSeatKeys;
    }

    private final MempoolLimits limits;
    // Senders in the order in which they came: blocks take from each in turn.
    private final LinkedHashMap<NodeId, Queue> senders = new LinkedHashMap<>();
    private final Map<Hash32, Entry> byId = new HashMap<>();
    private long bytes;
    private int unpaid;

    Mempool(MempoolLimits limits) {
        this.limits = limits;
    }

    int size() {
        return byId.size();
    }

    long bytes() {
        return bytes;
    }

    Optional<SignedTransaction> get(Hash32 id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::signed);
    }

    /** The sender's unbroken row of waiting transactions that begins at {@code accountNonce}. */
    List<SignedTransaction> row(NodeId sender, long accountNonce) {
        List<SignedTransaction> out = new ArrayList<>();
        Queue queue = senders.get(sender);
        Entry entry = queue == null ? null : queue.byNonce.get(accountNonce);
        for (long next = accountNonce + 1; queue != null && entry != null; next++) {
            out.add(entry.signed);
            entry = queue.byNonce.get(next);
        }
        return out;
    }

    /** The nonce after the sender's unbroken row of waiting transactions that begins at {@code accountNonce}. */
    long nextNonce(NodeId sender, long accountNonce) {
        Queue queue = senders.get(sender);
        long next = accountNonce;
        while (queue != null && queue.byNonce.containsKey(next)) {
            next++;
        }
        return next;
    }

    /**
     * Takes a transaction if it fits.
     *
     * @param length bytes of its encoding
     * @param accountNonce its sender's nonce on the ledger
     * @param nextHeight height of the next block
     */
    Admission admit(SignedTransaction signed, int length, long accountNonce, long nextHeight) {
        Transaction transaction = signed.transaction();
        Entry entry = new Entry(signed, signed.id(), length);
        if (byId.containsKey(entry.id)) {
            return new Admission.Known();
        }
        Optional<Admission> refusal = plausible(transaction, length, accountNonce, nextHeight);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Queue queue = senders.get(transaction.sender());
        @Nullable Entry older = queue == null ? null : queue.byNonce.get(transaction.nonce());
        if (older != null && transaction.maxFee().compareTo(toReplace(older.signed)) < 0) {
            return new Admission.Refused(
                    "another transaction with nonce " + transaction.nonce()
                            + " waits; a replacement must be ready to pay at least " + limits.replacementPercent()
                            + " % more: " + toReplace(older.signed) + " credits",
                    false);
        }
        return place(entry, older);
    }

    private Amount toReplace(SignedTransaction older) {
        return raised(older.transaction().maxFee(), limits.replacementPercent());
    }

    /** {@code fee} and {@code percent} more, rounded up, by one spark at least; no further than amounts go. */
    static Amount raised(Amount fee, int percent) {
        if (fee.sparks() > Long.MAX_VALUE / (100 + percent) - 1) {
            return Amount.of(Long.MAX_VALUE);
        }
        long more = (fee.sparks() * percent + 99) / 100;
        return fee.plus(Amount.of(Math.max(1, more)));
    }

    /**
     * What the sender's waiting transactions may cost together, at the fees that they are ready to pay.
     *
     * @param exceptNonce a nonce whose transaction is about to be replaced
     */
    Amount reserved(NodeId sender, long exceptNonce) {
        Queue queue = senders.get(sender);
        long sum = 0;
        if (queue != null) {
            for (Entry entry : queue.byNonce.values()) {
                Transaction waiting = entry.signed.transaction();
                boolean counts = waiting.nonce() != exceptNonce && !entry.paysNothing();
                long fee = counts ? waiting.maxFee().sparks() : 0;
                sum = sum > Long.MAX_VALUE - fee ? Long.MAX_VALUE : sum + fee;
            }
        }
        return Amount.of(sum);
    }

    private Optional<Admission> plausible(Transaction t, int length, long accountNonce, long nextHeight) {
        if (length > SignedTransaction.MAX_BYTES) {
            return refused("the transaction is too large", true);
        }
        if (t.nonce() < accountNonce) {
            return refused("nonce " + t.nonce() + " is used up; the account's next is " + accountNonce, false);
        }
        if (t.nonce() - accountNonce >= limits.maxPerSender()) {
            return refused("nonce " + t.nonce() + " is too far ahead of the account's " + accountNonce, false);
        }
        if (t.expiryHeight() < nextHeight) {
            return refused("expired at height " + t.expiryHeight(), false);
        }
        if (t.expiryHeight() - nextHeight > limits.maxExpiryAhead()) {
            return refused("expires more than " + limits.maxExpiryAhead() + " blocks from now", false);
        }
        return Optional.empty();
    }

    private static Optional<Admission> refused(String why, boolean hostile) {
        return Optional.of(new Admission.Refused(why, hostile));
    }

    private Admission place(Entry entry, @Nullable Entry older) {
        if (older != null) {
            remove(older);
        }
        NodeId sender = entry.signed.transaction().sender();
        Queue queue = senders.get(sender);
        int count = queue == null ? 0 : queue.byNonce.size();
        long held = queue == null ? 0 : queue.bytes;
        String full = null;
        if (count >= limits.maxPerSender() || held + entry.bytes > limits.maxBytesPerSender()) {
            full = "this sender has too much waiting";
        } else if (entry.isUnlimited() && unpaid >= limits.maxUnpaid()) {
            full = "too many claims wait for the faucet";
        } else if (entry.registersKeys() && queue != null && queue.registersKeys()) {
            full = "another registration of keys by this sender waits";
        } else if (!makeRoom(entry.signed.transaction(), count, entry.bytes)) {
            full = "the pool is full";
        }
        if (full != null) {
            if (older != null) {
                insert(older); // a replacement that does not fit must not cost the old one its place
            }
            return new Admission.Refused(full, false);
        }
        insert(entry);
        return new Admission.Added();
    }

    /**
     * Evicts last nonces of whoever is ready to pay least, as long as that is less than the newcomer is; among equals, of whoever
     * has most waiting, as long as that is more than the newcomer's sender would have.
     */
    private boolean makeRoom(Transaction newcomer, int count, int length) {
        while (byId.size() >= limits.maxTransactions() || bytes + length > limits.maxBytes()) {
            Optional<Queue> victim = victim(newcomer, count + 1);
            if (victim.isEmpty()) {
                return false;
            }
            remove(victim.get().byNonce.lastEntry().getValue());
        }
        return true;
    }

    private Optional<Queue> victim(Transaction newcomer, int atMost) {
        Optional<Queue> victim = Optional.empty();
        Amount least = newcomer.maxFee();
        int most = atMost;
        for (Map.Entry<NodeId, Queue> each : senders.entrySet()) {
            Amount fee = each.getValue().least();
            int size = each.getValue().byNonce.size();
            boolean worse = fee.compareTo(least) < 0 || fee.equals(least) && size > most;
            if (worse && !each.getKey().equals(newcomer.sender())) {
                victim = Optional.of(each.getValue());
                least = fee;
                most = size;
            }
        }
        return victim;
    }

    private void insert(Entry entry) {
        Transaction t = entry.signed.transaction();
        Queue queue = senders.computeIfAbsent(t.sender(), s -> new Queue());
        queue.byNonce.put(t.nonce(), entry);
        queue.bytes += entry.bytes;
        byId.put(entry.id, entry);
        bytes += entry.bytes;
        unpaid += entry.isUnlimited() ? 1 : 0;
    }

    private void remove(Entry entry) {
        Transaction t = entry.signed.transaction();
        Queue queue = java.util.Objects.requireNonNull(senders.get(t.sender()));
        queue.byNonce.remove(t.nonce());
        queue.bytes -= entry.bytes;
        if (queue.byNonce.isEmpty()) {
            senders.remove(t.sender());
        }
        byId.remove(entry.id);
        bytes -= entry.bytes;
        unpaid -= entry.isUnlimited() ? 1 : 0;
    }

    /** Forgets a transaction that the ledger refuses. */
    void drop(Hash32 id) {
        Entry entry = byId.get(id);
        if (entry != null) {
            remove(entry);
        }
    }

    /**
     * What the next block may hold: for each sender an unbroken row from its nonce on, taken from all senders in turn.
     *
     * @param baseFee what each of them will pay; a row ends before one that is not ready to
     * @param nonceOf an account's nonce on the ledger
     */
    List<SignedTransaction> candidates(int maxCount, long maxBytes, Amount baseFee, ToLongFunction<NodeId> nonceOf) {
        Map<NodeId, Long> next = new LinkedHashMap<>();
        senders.keySet().forEach(s -> next.put(s, nonceOf.applyAsLong(s)));
        List<SignedTransaction> out = new ArrayList<>();
        long left = maxBytes;
        while (!next.isEmpty()) {
            for (Iterator<Map.Entry<NodeId, Long>> turn = next.entrySet().iterator(); turn.hasNext(); ) {
                Map.Entry<NodeId, Long> sender = turn.next();
                Queue queue = java.util.Objects.requireNonNull(senders.get(sender.getKey()));
                Entry entry = queue.byNonce.get(sender.getValue());
                if (entry == null || entry.bytes > left || !entry.affords(baseFee)) {
                    turn.remove();
                    continue;
                }
                if (out.size() == maxCount) {
                    return out;
                }
                out.add(entry.signed);
                left -= entry.bytes;
                sender.setValue(sender.getValue() + 1);
            }
        }
        return out;
    }

    /** Forgets what a new block has settled: used nonces, and what expired before {@code nextHeight}. */
    void settle(ToLongFunction<NodeId> nonceOf, long nextHeight) {
        settle(nonceOf, nextHeight, t -> false);
    }

    /** The same, and what {@code isStale} says. */
    void settle(ToLongFunction<NodeId> nonceOf, long nextHeight, Predicate<Transaction> isStale) {
        List<Entry> gone = new ArrayList<>();
        senders.forEach((sender, queue) -> {
            gone.addAll(queue.byNonce.headMap(nonceOf.applyAsLong(sender)).values());
            queue.byNonce.tailMap(nonceOf.applyAsLong(sender)).values().stream()
                    .filter(e ->
                            e.signed.transaction().expiryHeight() < nextHeight || isStale.test(e.signed.transaction()))
                    .forEach(gone::add);
        });
        gone.forEach(this::remove);
    }

    /** All waiting transactions, for tests and reports. */
    Collection<SignedTransaction> all() {
        return byId.values().stream().map(Entry::signed).toList();
    }
}
