package org.hearthnet.ledger.audit;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.light.LightClient;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.transition.Committees;
import org.hearthnet.ledger.state.transition.Genesis;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.MemoryStore.MemoryState;
import org.hearthnet.ledger.store.PastStates;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * Where a replay begins: with genesis, or, in a store that began with the state of a later block, with the oldest state that it
 * still has. What came before is then believed of the committees: their signatures lead from genesis to the first block, each block
 * names the one before, and the state has the root that its header says.
 *
 * @param block after which the state is as follows
 * @param delta all its records
 * @param tree the tree over them
 * @param limits what was not replayed, for people; nothing if everything was
 */
record Beginning(Block block, StateDelta delta, TreeUpdate tree, Optional<String> limits) {
    private static final int PAGE_BYTES = 4 << 20;

    /** Something that no honest store has. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;
        private final String where;

        Wrong(String where, String what) {
            super(what);
            this.where = where;
        }

        String where() {
            return where;
        }
    }

    static Beginning of(Rules rules, RocksStore store) throws Wrong {
        if (store.base() == 0) {
            Genesis genesis = Genesis.of(rules.spec());
            return new Beginning(genesis.block(), genesis.delta(), genesis.tree(), Optional.empty());
        }
        return new Later(rules, store).find();
    }

    /** The way to the oldest state of a store without the blocks before. */
    private record Later(Rules rules, RocksStore store) {
        Beginning find() throws Wrong {
            Genesis genesis = Genesis.of(rules.spec());
            if (!store.block(0).equals(Optional.of(genesis.block()))) {
                throw new Wrong("block 0", "is not the one that follows from the genesis file");
            }
            PastStates past = store.past().orElseThrow();
            long start = past.oldest();
            StateDelta records = records(past, start);
            TreeUpdate tree = StateTree.empty().update(start, records.changes());
            SealedBlock block = block(start);
            if (!tree.root().equals(block.block().header().stateRoot())) {
                throw new Wrong(
                        "the state after block " + start,
                        "has root " + tree.root() + ", its header says "
                                + block.block().header().stateRoot());
            }
            MemoryState state = new MemoryState();
            state.apply(records);
            checkBlocks(state, start);
            String trust = trustFromGenesis(state)
                    ? "the signatures of the committees lead from genesis to block " + store.base()
                    : "block " + store.base() + " was trusted by a checkpoint: nothing here leads to it from genesis";
            return new Beginning(
                    block.block(),
                    records,
                    tree,
                    Optional.of("replayed from block " + (start + 1) + " on: this store has no blocks before "
                            + store.base() + " and no state before " + start + "; " + trust));
        }

        private SealedBlock block(long height) throws Wrong {
            return store.sealed(height).orElse(null) instanceof SealedBlock block ? block : missing("block " + height);
        }

        private static SealedBlock missing(String what) throws Wrong {
            throw new Wrong(what, "is missing");
        }

        private static StateDelta records(PastStates past, long height) {
            SortedMap<Bytes, Optional<Bytes>> out = new TreeMap<>();
            Optional<Hash32> from = Optional.of(Hash32.ZERO);
            while (from.isPresent()) {
                var page = past.records(height, from.get(), PAGE_BYTES);
                page.forEach(record -> out.put(record.key(), Optional.of(record.value())));
                // The last one of a page begins the next; a page of one is the end.
                from = page.size() > 1 ? Optional.of(page.getLast().path()) : Optional.empty();
            }
            return new StateDelta(out);
        }

        /** Those that are not replayed, up to {@code end}: final, and each the child of the one before. */
        private void checkBlocks(MemoryState state, long end) throws Wrong {
            BallotVerifier ballots = BallotVerifier.ed25519(rules.network());
            Optional<Hash32> parent = Optional.empty();
            for (long height = store.base(); height <= end; height++) {
                SealedBlock block = block(height);
                String where = "block " + height;
                Optional<Committee> committee =
                        Committees.find(state, rules.spec().parameters().epochBlocks(), height);
                Optional<String> problem = committee
                        .map(c -> block.header().problem(c, ballots))
                        .orElse(Optional.of("has a committee that the state does not know"));
                if (problem.isPresent()) {
                    throw new Wrong(where, problem.get());
                }
                if (parent.isPresent()
                        && !parent.get().equals(block.block().header().parent())) {
                    throw new Wrong(where, "has another parent than the block before");
                }
                Hash32 transactions = Block.transactionsRoot(block.block().transactions());
                if (!transactions.equals(block.block().header().transactionsRoot())) {
                    throw new Wrong(where, "has other transactions than its header says");
                }
                parent = Optional.of(block.hash());
            }
        }

        /** Whether the headers are here by which a light client comes from genesis to the first block. */
        private boolean trustFromGenesis(MemoryState state) throws Wrong {
            long epochBlocks = rules.spec().parameters().epochBlocks();
            LightClient client = LightClient.fromGenesis(rules.spec());
            try {
                while (!client.canCheck(store.base())) {
                    Optional<SealedHeader> header = store.header(client.nextHeight());
                    if (header.isEmpty()) {
                        return false;
                    }
                    CommitteeWindow window =
                            Committees.window(state, epochBlocks, header.get().height());
                    client.advance(new TrustStep(header.get(), window));
                }
                client.requireFinal(block(store.base()).header());
                return true;
            } catch (LightException | IllegalArgumentException e) {
                throw new Wrong("the headers up to block " + store.base(), String.valueOf(e.getMessage()));
            }
        }
    }
}
