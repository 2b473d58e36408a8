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
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.state.transition.Transition;
import org.hearthnet.ledger.store.HeldCredits;
import org.hearthnet.ledger.store.Holdings;
import org.hearthnet.ledger.store.LedgerStore;
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
    private final PastComparison past;
    private final HistoryKeeper history;
    private final LookAhead ahead;
    private StateTree tree = StateTree.empty();
    private long height = -1;
    private long transactions;
    private int convictions;
    private Optional<AuditSupply> supply = Optional.empty();
    private Optional<String> limits = Optional.empty();

    Replay(Rules rules, RocksStore store, AuditProgress progress) {
        this.rules = rules;
        this.store = store;
        this.stored = new TreeComparison(store);
        this.past = new PastComparison(store);
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

    Optional<String> limits() {
        return limits;
    }

    Optional<AuditSupply> supply() {
        return supply;
    }

    void run() {
        try {
            if (replayAll()) {
                countSupply();
                compareState();
                compareTree();
                past.errors(state.scan(Bytes.EMPTY, Integer.MAX_VALUE)).forEach(errors::add);
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
        if (store.height() < 0) {
            error("the store", "has no blocks");
            return false;
        }
        Optional<BlockHeader> first = begin();
        if (first.isEmpty()) {
            return false;
        }
        BlockHeader parent = first.get();
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

    /** Takes over the state that the replay begins with; nothing if something is wrong with it. */
    private Optional<BlockHeader> begin() {
        try {
            Beginning beginning = Beginning.of(rules, store);
            limits = beginning.limits();
            height = beginning.block().height();
            held.apply(state, beginning.delta());
            past.block(height, state, beginning.delta());
            state.apply(beginning.delta());
            follow(beginning.tree());
            boolean good = true;
            for (long at = store.base(); at < height && good; at++) {
                good = indexed(store.block(at).orElseThrow());
            }
            return good && agrees(beginning.block())
                    ? Optional.of(beginning.block().header())
                    : Optional.empty();
        } catch (Beginning.Wrong e) {
            error(e.where(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
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
                past.block(block.height(), state, valid.delta());
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
        held.error(state).ifPresent(e -> error("block " + block.height(), e));
        return indexed(block);
    }

    /** Whether a block is found wherever it should be. */
    private boolean indexed(Block block) {
        String where = "block " + block.height();
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

    /** A tree that was fetched has the same nodes under other versions, so those are compared by their hashes. */
    private void compareTree() {
        if (store.base() == 0) {
            stored.errors(nodes).forEach(errors::add);
        } else {
            StateTree.at(store.nodes(), height).damage().ifPresent(what -> error("tree", what));
        }
    }

    private void compareCounts() {
        long blocks = height - store.base() + (store.base() == 0 ? 1 : 2); // and genesis
        long steps = store.base() == 0 ? 0 : headersBefore(store.base());
        compareCount(Column.BLOCKS, blocks);
        compareCount(Column.HEADERS, blocks + steps);
        compareCount(Column.HEIGHTS, blocks + steps);
        compareCount(Column.TRANSACTIONS, transactions);
    }

    /** Headers by which a light client comes to the first block; each was checked, or nobody has said that they lead there. */
    private long headersBefore(long base) {
        long count = 0;
        for (long at = 1; count < LedgerStore.MAX_HEADERS * 1024L; ) {
            List<SealedHeader> found = store.headers(at, 1);
            if (found.isEmpty() || found.getFirst().height() >= base) {
                break;
            }
            count++;
            at = found.getFirst().height() + 1;
        }
        return count;
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
