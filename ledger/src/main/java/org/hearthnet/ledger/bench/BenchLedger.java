package org.hearthnet.ledger.bench;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.CheckedTransaction;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Overlay;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.Committees;
import org.hearthnet.ledger.state.transition.Genesis;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * A ledger with many accounts, made without the transactions that would have made them: they are written in a few large
 * blocks straight into the store. What is measured afterwards is done by the classes that a chain uses, one after the other.
 */
final class BenchLedger implements AutoCloseable {
    /** Accounts that send: each has a key, and a key takes time to make. */
    static final int SENDERS = 2000;

    private static final int TOGETHER = 50_000;
    /** Longer than any run: the blocks that bring accounts do nothing by themselves, so no epoch may begin in them. */
    private static final int EPOCH_BLOCKS = 1_000_000;

    private static final Amount BALANCE = Amount.credits(1_000_000);
    private static final KeyPair PROPOSER = key("proposer", 0);

    private final Rules rules;
    private final LedgerStore store;
    private final List<KeyPair> senders = new ArrayList<>();
    private final int accounts;
    private StateTree tree;
    private BlockHeader tip;

    private BenchLedger(Rules rules, LedgerStore store, int accounts) {
        this.rules = rules;
        this.store = store;
        this.accounts = accounts;
        if (store.height() < 0) {
            Genesis genesis = Genesis.of(rules.spec());
            Certificate certificate = Certificate.genesis(genesis.block().hash());
            store.append(new SealedBlock(genesis.block(), certificate), genesis.delta(), genesis.tree());
        }
        this.tip = store.header(store.height()).orElseThrow().header();
        this.tree = StateTree.at(store.nodes(), tip.height());
        for (int i = 0; i < Math.min(accounts, SENDERS); i++) {
            senders.add(key("sender", i));
        }
    }

    /** Makes a ledger in an empty directory, compact and closed. */
    static void create(Path directory, int accounts, BenchProgress progress) {
        Rules rules = new Rules(spec());
        RocksStore store = RocksStore.open(directory, rules.network(), new Retention(0));
        try (BenchLedger ledger = new BenchLedger(rules, store, accounts)) {
            for (int from = 0; from < accounts; from += TOGETHER) {
                progress.at("accounts", from, accounts);
                ledger.add(from, Math.min(from + TOGETHER, accounts));
            }
            progress.at("compaction", 0, 1);
            store.compact();
        }
    }

    /** Opens one that was made with as many accounts. */
    static BenchLedger open(Path directory, int accounts) {
        Rules rules = new Rules(spec());
        return new BenchLedger(rules, RocksStore.open(directory, rules.network()), accounts);
    }

    static Parameters parameters() {
        return new Parameters(
                1000,
                EPOCH_BLOCKS,
                4,
                4,
                5,
                3,
                2,
                1,
                Amount.credits(100),
                3,
                100,
                4,
                700,
                200,
                500,
                1,
                Amount.ZERO,
                Amount.credits(1_000_000),
                1000,
                Amount.of(10));
    }

    private static ChainSpec spec() {
        return new ChainSpec("bench", true, 1, Committee.single(PROPOSER), parameters(), List.of(), List.of());
    }

    static KeyPair key(String name, int number) {
        byte[] seed = ByteBuffer.allocate(16)
                .putInt(number)
                .put(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .array();
        return KeyPair.fromSeed(
                Hashing.in("hearth/bench-key/1").add(seed).finish().toArray());
    }

    /** Account {@code i}: the first ones send, all receive. */
    NodeId account(int i) {
        return i < senders.size()
                ? senders.get(i).id()
                : new NodeId(Hashing.in("hearth/bench-account/1").add(i).finish());
    }

    private void add(int from, int to) {
        Overlay state = new Overlay(StateReader.NOTHING); // no account is there yet
        Account funded = Account.EMPTY.withBalance(BALANCE);
        for (int i = from; i < to; i++) {
            Tables.ACCOUNTS.put(state, Keys.of(account(i)), funded);
        }
        Supply supply = Tables.SUPPLY.get(store.state(), Tables.ONLY).orElseThrow();
        Tables.SUPPLY.put(state, Tables.ONLY, supply.mint(BALANCE.times(to - from)));
        StateDelta delta = state.delta();
        TreeUpdate update = tree.update(tip.height() + 1, delta.changes());
        append(block(List.of(), update.root()), delta, update);
    }

    /** The block after the last one, signed. */
    Block block(List<CheckedTransaction> transactions, Hash32 stateRoot) {
        CommitteeWindow committees = Committees.window(store.state(), EPOCH_BLOCKS, tip.height() + 1);
        var proof = rules.beacons().prove(PROPOSER, rules.network(), tip.beacon(), tip.height() + 1);
        BlockHeader header = new BlockHeader(
                tip.height() + 1,
                0,
                tip.hash(),
                tip.timeMs() + 1,
                Block.rootOfChecked(transactions),
                stateRoot,
                committees.hash(),
                proof,
                rules.beacons().value(proof).orElseThrow(),
                PROPOSER.id());
        return new Block(
                header,
                BlockHeader.KIND.sign(PROPOSER, rules.network(), header),
                transactions.stream().map(CheckedTransaction::signed).toList());
    }

    /** Stores a block, as a chain does. */
    void append(Block block, StateDelta delta, TreeUpdate update) {
        store.append(SealedBlock.bySoleMember(PROPOSER, rules.network(), block), delta, update);
        tree = StateTree.at(store.nodes(), update);
        tip = block.header();
    }

    Rules rules() {
        return rules;
    }

    LedgerStore store() {
        return store;
    }

    StateTree tree() {
        return tree;
    }

    BlockHeader tip() {
        return tip;
    }

    List<KeyPair> senders() {
        return senders;
    }

    int accounts() {
        return accounts;
    }

    /** An account's record. */
    Optional<Bytes> record(Bytes key) {
        return store.state().get(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
