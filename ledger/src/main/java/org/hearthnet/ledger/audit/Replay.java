package org.hearthnet.ledger.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.audit.AuditReport.AuditError;
import org.hearthnet.ledger.audit.AuditReport.AuditSupply;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.rocksdb.Column;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.transition.Committees;
import org.hearthnet.ledger.state.transition.Genesis;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.state.transition.Transition;
import org.hearthnet.ledger.store.HeldCredits;
import org.hearthnet.ledger.store.Holdings;
import org.hearthnet.ledger.store.LedgerStore.TransactionPlace;
import org.hearthnet.ledger.store.MemoryStore.MemoryState;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.tree.MemoryNodes;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeUpdate;

/** Runs every stored block again, from genesis, and compares everything that is stored with the outcome. */
final class Replay {
    private static final int PAGE = 1024;

    private final Rules rules;
    private final RocksStore store;
    private final AuditProgress progress;
    private final MemoryState state = new MemoryState();
    private final HeldCredits held = new HeldCredits();
    private final List<AuditError> errors = new ArrayList<>();
    private final MemoryNodes nodes = new MemoryNodes(Retention.ARCHIVE);
    private final TreeComparison stored;
    private final HistoryKeeper history;
    private final LookAhead ahead;
    private StateTree tree = StateTree.empty();
    private long height = -1;
    private long transactions;
    private int convictions;
    private Optional<AuditSupply> supply = Optional.empty();

    Replay(Rules rules, RocksStore store, AuditProgress progress) {
        this.rules = rules;
        this.store = store;
        this.stored = new TreeComparison(store);
        this.history = new HistoryKeeper(rules);
        this.ahead = new LookAhead(rules, store);
        this.progress = progress;
    }

    List<AuditError> errors() {
        return List.copyOf(errors);
    }

    long height() {
        return height;
    }

    Hash32 stateRoot() {
        return tree.root();
    }

    int convictions() {
        return convictions;
    }

    AuditHistory history() {
        return history.finish(height, state, held.held());
    }

    Optional<AuditSupply> supply() {
        return supply;
    }

    void run() {
        try {
            if (replayAll()) {
                countSupply();
                compareState();
                stored.errors(nodes).forEach(errors::add);
                compareCounts();
            }
        } catch (StoreException e) {
            error("the store after block " + height, String.valueOf(e.getMessage()));
        }
    }

    private void error(String where, String what) {
        errors.add(new AuditError(where, what));
    }

    /** Whether every block up to the tip is valid. */
    private boolean replayAll() {
        Genesis genesis = Genesis.of(rules.spec());
        if (store.height() < 0) {
            error("the store", "has no blocks");
            return false;
        }
        held.apply(state, genesis.delta());
        state.apply(genesis.delta());
        follow(genesis.tree());
        if (!agrees(genesis.block())) {
            return false;
        }
        BlockHeader parent = genesis.block().header();
        height = 0;
        while (height < store.height()) {
            Optional<SealedBlock> block = ahead.block(height + 1, this::findCommittee);
            if (block.isEmpty()) {
                error("block " + (height + 1), "is missing");
                return false;
            }
            if (!isFinal(block.get()) || !replay(parent, block.get().block())) {
                return false;
            }
            parent = block.get().block().header();
            progress.at("replay", height, store.height());
        }
        return true;
    }

    /** Who seals the next block. */
    private Committee committee() {
        return Committees.at(state, rules.spec().parameters().epochBlocks(), height + 1);
    }

    private Optional<Committee> findCommittee(long of) {
        return Committees.find(state, rules.spec().parameters().epochBlocks(), of);
    }

    private boolean isFinal(SealedBlock block) {
        Optional<String> problem = block.header().problem(committee(), ahead.ballots());
        problem.ifPresent(p -> error("block " + (height + 1), p));
        return problem.isEmpty();
    }

    private boolean replay(BlockHeader parent, Block block) {
        return switch (Transition.apply(rules, parent, state, tree, block)) {
            case Transition.Result.Invalid invalid -> {
                error("block " + (height + 1), invalid.reason());
                yield false;
            }
            case Transition.Result.Valid valid -> {
                errors.addAll(history.block(block, valid.events(), state));
                held.apply(state, valid.delta());
                state.apply(valid.delta());
                follow(valid.tree());
                height = block.height();
                for (LedgerEvent event : valid.events()) {
                    convictions += event instanceof LedgerEvent.Convicted ? 1 : 0;
                }
                history.after(height, state, held.held());
                yield agrees(block);
            }
        };
    }

    /** Keeps as many old nodes as the store does, so that these can be compared too. */
    private void follow(TreeUpdate update) {
        nodes.store(update);
        nodes.prune(stored.firstList() - 1);
        tree = StateTree.at(nodes, update);
    }

    /** Whether supply and stored indexes agree with a block that was just replayed. */
    private boolean agrees(Block block) {
        String where = "block " + block.height();
        held.error(state).ifPresent(e -> error(where, e));
        if (!store.block(block.height()).equals(Optional.of(block))) {
            error(where, "is not the one that follows from the genesis file");
        }
        if (!store.header(block.height()).map(SealedHeader::header).equals(Optional.of(block.header()))) {
            error("header " + block.height(), "is not the block's");
        }
        if (!store.heightOf(block.hash()).equals(Optional.of(block.height()))) {
            error(where, "is not found by its hash");
        }
        for (int i = 0; i < block.transactions().size(); i++) {
            Hash32 id = block.transactions().get(i).id();
            if (!store.transaction(id).equals(Optional.of(new TransactionPlace(block.height(), i)))) {
                error("transaction " + id, "is not found where it is");
            }
        }
        transactions += block.transactions().size();
        return errors.isEmpty();
    }

    /** Once more from scratch, at the end. */
    private void countSupply() {
        Holdings holdings = Holdings.of(state);
        holdings.errors().forEach(e -> error("block " + height, e));
        supply = Optional.of(
                new AuditSupply(holdings.supply().minted(), holdings.supply().burned(), holdings.held()));
    }

    private void compareCounts() {
        compareCount(Column.BLOCKS, height + 1);
        compareCount(Column.HEADERS, height + 1);
        compareCount(Column.HEIGHTS, height + 1);
        compareCount(Column.TRANSACTIONS, transactions);
    }

    private void compareCount(Column column, long expected) {
        long found = store.count(column);
        if (found != expected) {
            error("column " + column, "has " + found + " records, the replay gives " + expected);
        }
    }

    private void compareState() {
        Bytes from = Bytes.EMPTY;
        while (true) {
            List<StateReader.Entry> stored = store.state().scan(Bytes.EMPTY, from, PAGE);
            List<StateReader.Entry> replayed = state.scan(Bytes.EMPTY, from, PAGE);
            if (!stored.equals(replayed)) {
                error("state record " + firstDifference(stored, replayed).toHex(), "is not what the replay gives");
                return;
            }
            if (stored.size() < PAGE) {
                return;
            }
            from = org.hearthnet.ledger.state.Keys.of(stored.getLast().key(), Bytes.of(new byte[1]));
        }
    }

    private static Bytes firstDifference(List<StateReader.Entry> stored, List<StateReader.Entry> replayed) {
        int i = 0;
        while (i < Math.min(stored.size(), replayed.size()) && stored.get(i).equals(replayed.get(i))) {
            i++;
        }
        if (i == stored.size()) {
            return replayed.get(i).key();
        }
        if (i == replayed.size()) {
            return stored.get(i).key();
        }
        Bytes a = stored.get(i).key();
        Bytes b = replayed.get(i).key();
        return StateReader.KEY_ORDER.compare(a, b) <= 0 ? a : b;
    }
}
