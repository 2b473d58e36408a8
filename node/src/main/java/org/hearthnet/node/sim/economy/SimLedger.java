package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.CheckedTransaction;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.BlockExecution;
import org.hearthnet.ledger.state.transition.Genesis;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.HeldCredits;
import org.hearthnet.ledger.store.MemoryStore.MemoryState;

/**
 * A chain without consensus: the real execution of blocks on a state in memory, with beacons out of a seed. Leaves out what decides
 * nothing here: the state tree, and the signatures around transactions, since every sender is who it says. Vouchers, assignments and
 * evidence inside transactions are signed and checked as ever. The supply is checked after every block.
 */
final class SimLedger {
    private static final Amount MAX_FEE = Amount.credits(1000);
    private static final Signature NONE = new Signature(Hash32.ZERO, Hash32.ZERO);

    private final Rules rules;
    private final long seed;
    private final MemoryState state = new MemoryState();
    private final HeldCredits held = new HeldCredits();
    private final Map<NodeId, Long> nonces = new HashMap<>();
    private BlockExecution execution;
    private long height;
    private int seen;
    private long bytes;
    private long transactions;

    SimLedger(ChainSpec spec, long seed) {
        this.rules = new Rules(spec, new TruthReferee());
        this.seed = seed;
        store(Genesis.of(spec).delta());
        this.height = 1;
        this.execution = new BlockExecution(rules, state, height, beacon(0));
    }

    private void store(StateDelta delta) {
        held.apply(state, delta);
        state.apply(delta);
        held.error(state).ifPresent(error -> {
            throw new IllegalStateException("the supply is broken after block " + height + ": " + error);
        });
    }

    private Hash32 beacon(int turn) {
        return Hashing.in("hearth/sim-chain/1").add(seed).add(height).add(turn).finish();
    }

    Rules rules() {
        return rules;
    }

    Hash32 network() {
        return rules.network();
    }

    /** Height of the block that is being made. */
    long height() {
        return height;
    }

    long epoch() {
        return height / rules.spec().parameters().epochBlocks();
    }

    /** Bytes of all transactions so far. */
    long bytes() {
        return bytes;
    }

    /** All transactions so far. */
    long transactions() {
        return transactions;
    }

    /**
     * Ends the block and begins the next; returns what the new one does by itself.
     *
     * @param passes whether the leader of a turn gives it up, having seen what its beacon does
     */
    List<LedgerEvent> next(Predicate<List<LedgerEvent>> passes) {
        store(execution.delta());
        height++;
        int turn = 0;
        do {
            execution = new BlockExecution(rules, state, height, beacon(turn++));
        } while (passes.test(execution.events()));
        seen = 0;
        return events();
    }

    /** What happened since this was asked last. */
    List<LedgerEvent> events() {
        List<LedgerEvent> all = execution.events();
        List<LedgerEvent> out = new ArrayList<>(all.subList(seen, all.size()));
        seen = all.size();
        return out;
    }

    /** Applies a transaction of {@code sender}; the reason if it is refused. */
    Optional<String> apply(NodeId sender, TransactionBody body) {
        return apply(transaction(sender, body));
    }

    /** The next transaction of {@code sender}. */
    Transaction transaction(NodeId sender, TransactionBody body) {
        return new Transaction(sender, nonces.getOrDefault(sender, 0L), Long.MAX_VALUE, MAX_FEE, body);
    }

    /** Applies a transaction whose sender is taken at its word. */
    Optional<String> apply(Transaction transaction) {
        int length = Transaction.KIND.codec().encode(transaction).length + Signature.BYTES;
        Optional<String> refusal = execution.apply(new CheckedTransaction(
                new SignedTransaction(transaction, NONE), transaction.id(), Hash32.ZERO, length, true));
        if (refusal.isEmpty()) {
            nonces.merge(transaction.sender(), 1L, Long::sum);
            bytes += length;
            transactions++;
        }
        return refusal;
    }

    /** Applies a transaction with its signature checked, as a stranger's. */
    Optional<String> applySigned(KeyPair key, Transaction transaction) {
        Optional<String> refusal = execution.apply(transaction.sign(key, network()));
        if (refusal.isEmpty()) {
            nonces.merge(transaction.sender(), 1L, Long::sum);
        }
        return refusal;
    }

    /** An account after the last whole block. */
    Account account(NodeId node) {
        return Tables.ACCOUNTS.get(state, Keys.of(node)).orElse(Account.EMPTY);
    }

    /** A record after the last whole block. */
    <V> Optional<V> get(Table<V> table, org.hearthnet.genesis.primitive.Bytes key) {
        return table.get(state, key);
    }
}
