package org.hearthnet.node.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.transition.BlockBuilder;
import org.hearthnet.ledger.state.transition.BlockExecution;
import org.hearthnet.ledger.state.transition.SeatKeysRule;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.LedgerView;

/** Pool, own transactions and waiting callers under one lock. Takes this lock before the chain's, never after it. */
final class TransactionDesk {
    private final Chain chain;
    private final KeyPair key;
    private final Mempool pool;
    private final OwnTransactions own;
    private final Outcomes outcomes = new Outcomes();
    // Pooled transactions that were signed elsewhere but came in here, and the height at which they were sent last.
    private final Map<Hash32, Long> entrusted = new HashMap<>();

    TransactionDesk(Chain chain, KeyPair key, MempoolLimits poolLimits, OwnTransactions.Limits ownLimits) {
        this.chain = chain;
        this.key = key;
        this.pool = new Mempool(poolLimits);
        NodeId proposer = chain.rules().spec().committee().leader(0, 0);
        // A place is filled by sending one spark to the first member; that one sends it to nobody.
        NodeId fillerTo = proposer.equals(key.id()) ? new NodeId(Hash32.ZERO) : proposer;
        this.own = new OwnTransactions(key, chain.rules().network(), fillerTo, ownLimits);
    }

    /** A submitted transaction: the handle to wait with, and what to send. */
    record Submitted(Hash32 handle, Optional<SignedTransaction> send) {}

    /** Checks a transaction from outside as far as is cheap, and pools it. */
    Admission admit(SignedTransaction signed, int length) {
        if (!chain.rules().signatures().check(signed).signatureValid()) {
            return new Admission.Refused("the signature is not the sender's on this network", true);
        }
        synchronized (this) {
            return pool(signed, length);
        }
    }

    /** Like {@link #admit}, but tried out first, and this node sends it again as long as it waits. */
    Admission entrust(SignedTransaction signed) {
        synchronized (this) {
            Optional<String> refusal = chain.read(v -> trialOf(v, signed));
            if (refusal.isPresent()) {
                return new Admission.Refused(refusal.get(), false);
            }
            Admission admission = admit(signed, signed.encode().length);
            if (admission instanceof Admission.Added) {
                entrusted.put(signed.id(), chain.height());
            }
            return admission;
        }
    }

    /** Why it would be refused after all that its sender has waiting here; nothing if that cannot be said yet. */
    private Optional<String> trialOf(LedgerView view, SignedTransaction signed) {
        long nonce = view.account(signed.transaction().sender()).nonce();
        List<SignedTransaction> row = pool.row(signed.transaction().sender(), nonce);
        long ahead = signed.transaction().nonce() - nonce;
        if (ahead < 0 || ahead > row.size()) {
            return Optional.empty(); // the pool will say what is wrong with the nonce
        }
        BlockExecution trial = trial(view);
        boolean judged = row.subList(0, (int) ahead).stream()
                .allMatch(before -> trial.apply(before).isEmpty());
        return judged ? trial.apply(signed) : Optional.empty();
    }

    private Admission pool(SignedTransaction signed, int length) {
        Transaction t = signed.transaction();
        record Situation(Account account, long height, Optional<String> idle) {}
        Situation now =
                chain.read(v -> new Situation(v.account(t.sender()), v.header().height(), noSeatFor(v, t)));
        Optional<String> poor = now.idle.or(() -> cannotPay(t, now.account));
        if (poor.isPresent()) {
            return new Admission.Refused(poor.get(), false);
        }
        return pool.admit(signed, length, now.account.nonce(), now.height + 1);
    }

    /** Keys for a seat are registered for nothing, by few: nobody else's may take a place. */
    private Optional<String> noSeatFor(LedgerView view, Transaction t) {
        return t.body() instanceof TransactionBody.RegisterSeatKeys keys
                ? SeatKeysRule.refusal(
                        chain.rules().spec().parameters(),
                        view.state(),
                        view.header().height() + 1,
                        t.sender(),
                        keys)
                : Optional.empty();
    }

    private Optional<String> cannotPay(Transaction t, Account account) {
        if (t.body() instanceof TransactionBody.FaucetClaim) {
            return account.faucetUsed() ? Optional.of("the faucet gives once an account") : Optional.empty();
        }
        if (Mempool.paysNothing(t.body())) {
            return Optional.empty();
        }
        Amount least = chain.rules().spec().parameters().transactionFee();
        if (t.maxFee().compareTo(least) < 0) {
            return Optional.of("pays a fee of " + t.maxFee() + " credits at most, the least fee is " + least);
        }
        // All that wait must be payable: else a limit that nobody means would buy a place in the pool.
        Amount reserved = pool.reserved(t.sender(), t.nonce());
        Amount left = account.balance().minus(account.balance().min(reserved));
        return left.compareTo(t.maxFee()) < 0
                ? Optional.of("the account has " + account.balance() + " credits, of which " + reserved
                        + " are for fees of transactions that wait; this one's fee may be " + t.maxFee())
                : Optional.empty();
    }

    /** Signs and pools an own transaction; one that the ledger would refuse now is rejected at once. */
    synchronized Submitted submit(TransactionBody body) {
        record Situation(long nonce, long height, Amount fee) {}
        Situation now = chain.read(
                v -> new Situation(v.account(key.id()).nonce(), v.header().height(), v.baseFee()));
        SignedTransaction draft = own.draft(body, pool.nextNonce(key.id(), now.nonce), now.height, now.fee);
        Hash32 handle = draft.id();
        Optional<String> refusal = own.isFull()
                ? Optional.of("too many own transactions are on their way; wait for some to be included")
                : chain.read(v -> refusal(v, draft));
        if (refusal.isPresent()) {
            outcomes.settle(handle, new TransactionOutcome.Rejected(refusal.get()));
            return new Submitted(handle, Optional.empty());
        }
        own.add(draft, now.height);
        pool.admit(draft, draft.encode().length, now.nonce, now.height + 1);
        return new Submitted(handle, Optional.of(draft));
    }

    /** Why {@code draft} would be refused after all own transactions before it; nothing if that cannot be said yet. */
    private Optional<String> refusal(LedgerView view, SignedTransaction draft) {
        BlockExecution trial = trial(view);
        long nonce = view.account(key.id()).nonce();
        for (SignedTransaction before : own.pending()) {
            if (trial.apply(before).isPresent()) {
                return Optional.empty();
            }
            nonce++;
        }
        return nonce == draft.transaction().nonce() ? trial.apply(draft) : Optional.empty();
    }

    /** Executes on top of the last block; the next beacon is not known, so the last one stands for it. */
    private BlockExecution trial(LedgerView view) {
        return new BlockExecution(
                chain.rules(),
                view.state(),
                view.header().height() + 1,
                view.header().beacon());
    }

    /** Follows a new block; returns what to send. */
    synchronized List<SignedTransaction> onBlock(Block block, List<LedgerEvent> events) {
        Set<Hash32> included = new HashSet<>();
        block.transactions().forEach(t -> included.add(t.id()));
        return chain.read(view -> {
            long height = view.header().height();
            pool.settle(
                    n -> view.account(n).nonce(),
                    height + 1,
                    t -> noSeatFor(view, t).isPresent());
            outcomes.onBlock(height, included, events);
            List<SignedTransaction> send = new ArrayList<>(followOwn(view, block.height(), included, events));
            send.addAll(waitingForLong(height));
            return send;
        });
    }

    private List<SignedTransaction> waitingForLong(long height) {
        entrusted.keySet().removeIf(id -> pool.get(id).isEmpty());
        List<SignedTransaction> out = new ArrayList<>();
        entrusted.replaceAll((id, sentAt) -> {
            if (height - sentAt < OwnTransactions.Limits.DEFAULT.resendBlocks()) {
                return sentAt;
            }
            pool.get(id).ifPresent(out::add);
            return height;
        });
        return out;
    }

    private List<SignedTransaction> followOwn(
            LedgerView view, long height, Set<Hash32> included, List<LedgerEvent> events) {
        if (own.size() == 0) {
            return List.of();
        }
        BlockExecution trial = trial(view);
        long nonce = view.account(key.id()).nonce();
        OwnTransactions.Step step = own.onBlock(
                height, nonce, trial.baseFee(), included, n -> pool.nextNonce(key.id(), n) > n, trial::apply);
        for (OwnTransactions.Outcome outcome : step.outcomes()) {
            switch (outcome) {
                case OwnTransactions.Outcome.Included(Hash32 handle, Hash32 id) ->
                    outcomes.settle(handle, new TransactionOutcome.Included(id, height, events));
                case OwnTransactions.Outcome.Rejected(Hash32 handle, String reason) ->
                    outcomes.settle(handle, new TransactionOutcome.Rejected(reason));
            }
        }
        step.drop().forEach(pool::drop);
        step.send().forEach(t -> pool.admit(t, t.encode().length, nonce, height + 1));
        return step.send();
    }

    /** Candidates for the next block. */
    synchronized List<SignedTransaction> candidates() {
        return chain.read(view -> pool.candidates(
                Block.MAX_TRANSACTIONS,
                Block.MAX_BYTES,
                view.baseFee(),
                n -> view.account(n).nonce()));
    }

    /** Forgets what the ledger refused while a block was built. */
    synchronized void refused(List<BlockBuilder.Rejected> rejected) {
        rejected.stream()
                .filter(BlockBuilder.Rejected::forGood)
                .forEach(r -> pool.drop(r.transaction().id()));
    }

    /** The nonce for the account's next transaction, after those that wait. */
    synchronized long nextNonce(NodeId account) {
        long nonce = chain.read(v -> v.account(account).nonce());
        long next = pool.nextNonce(account, nonce);
        return account.equals(key.id()) ? own.nextNonce(next) : next;
    }

    /** Completed when the transaction ends; own ones by their handle. Empty if too many are waited for. */
    synchronized Optional<CompletableFuture<TransactionOutcome>> watch(Hash32 id) {
        Optional<TransactionOutcome> settled = outcomes.settled(id);
        boolean ours = own.isHandle(id);
        if (settled.isEmpty() && !ours) {
            settled = stored(id); // an own one may be stored already, but its block's events come in a moment
        }
        if (settled.isPresent()) {
            return Optional.of(CompletableFuture.completedFuture(settled.get()));
        }
        return outcomes.watch(id, ours ? Long.MAX_VALUE : lastHeight(id));
    }

    private long lastHeight(Hash32 id) {
        return pool.get(id)
                .map(t -> t.transaction().expiryHeight())
                .orElseGet(() -> chain.height() + MempoolLimits.DEFAULT.maxExpiryAhead());
    }

    private Optional<TransactionOutcome> stored(Hash32 id) {
        return chain.store()
                .transaction(id)
                .map(place -> new TransactionOutcome.Included(id, place.height(), List.of()));
    }

    synchronized int poolSize() {
        return pool.size();
    }

    /** Lets everybody go who waits. */
    synchronized void close() {
        outcomes.abandon();
    }
}
