package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Overlay;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;

/** What a rule sees: the network, the block's place in the chain, the state, and where events go. */
final class Context {
    private final Rules rules;
    private final long height;
    private final Hash32 beacon;
    private final Overlay state;
    private final List<LedgerEvent> events = new ArrayList<>();
    /** Who holds every model: read once a block rather than once a draw; empty after a holding changed. */
    private Optional<Set<NodeId>> holders = Optional.empty();

    Context(Rules rules, long height, Hash32 beacon, Overlay state) {
        this.rules = rules;
        this.height = height;
        this.beacon = beacon;
        this.state = state;
    }

    /** The same place in the chain with changes that can still be thrown away. */
    Context stacked() {
        Context upper = new Context(rules, height, beacon, new Overlay(state));
        upper.holders = holders;
        return upper;
    }

    /**
     * Takes over what happened in {@code upper}, made by {@link #stacked}.
     *
     * @throws CodecException and changes nothing, if a record has no encoding
     */
    void merge(Context upper) {
        upper.state.encode();
        state.merge(upper.state);
        events.addAll(upper.events);
        holders = upper.holders;
    }

    /** The holders, found by {@code search} unless they are known. */
    Set<NodeId> holders(Supplier<Set<NodeId>> search) {
        Set<NodeId> known = holders.orElseGet(search);
        holders = Optional.of(known);
        return known;
    }

    /** To be called when a holding changes. */
    void holdersChanged() {
        holders = Optional.empty();
    }

    Rules rules() {
        return rules;
    }

    ChainSpec spec() {
        return rules.spec();
    }

    Parameters parameters() {
        return rules.spec().parameters();
    }

    Hash32 network() {
        return rules.network();
    }

    long height() {
        return height;
    }

    long epoch() {
        return height / parameters().epochBlocks();
    }

    Hash32 beacon() {
        return beacon;
    }

    Overlay state() {
        return state;
    }

    List<LedgerEvent> events() {
        return events;
    }

    void emit(LedgerEvent event) {
        events.add(event);
    }

    Account account(NodeId node) {
        return Tables.ACCOUNTS.get(state, Keys.of(node)).orElse(Account.EMPTY);
    }

    void put(NodeId node, Account account) {
        Tables.ACCOUNTS.put(state, Keys.of(node), account);
    }

    /** Takes free credits from {@code node}, or refuses. */
    void debit(NodeId node, Amount amount) {
        Account account = account(node);
        Refusal.unless(
                account.balance().compareTo(amount) >= 0,
                () -> "needs " + amount + " credits, has " + account.balance() + " free");
        put(node, account.withBalance(account.balance().minus(amount)));
    }

    void credit(NodeId node, Amount amount) {
        if (!amount.isZero()) {
            put(node, account(node).credit(amount));
        }
    }

    Supply supply() {
        return Tables.SUPPLY.get(state, Tables.ONLY).orElseThrow();
    }

    void put(Supply supply) {
        Tables.SUPPLY.put(state, Tables.ONLY, supply);
    }

    void burn(Amount amount) {
        if (!amount.isZero()) {
            put(supply().burn(amount));
        }
    }
}
