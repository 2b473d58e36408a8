package org.hearthnet.ledger.store;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.tree.NodeReader;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * Keeps the blocks of one chain and the state after the last one. Reading is safe from any thread; there is one writer. All
 * methods throw {@link StoreException} if the medium fails.
 */
public interface LedgerStore extends AutoCloseable {
    /** Most headers of one answer. */
    int MAX_HEADERS = 2048;

    /** Where a transaction is. */
    record TransactionPlace(long height, int index) {}

    /** Height of the last block; -1 if there is none. */
    long height();

    /**
     * Adds the block of height {@link #height()} + 1, its changes and the new version of the tree: all of it or, whatever
     * happens, nothing. When this returns, it survives a loss of power.
     */
    void append(SealedBlock block, StateDelta delta, TreeUpdate tree);

    /** The state after the last block. */
    StateReader state();

    /** The nodes of the tree over the state: those of the last version, and of some before. */
    NodeReader nodes();

    /** The states before, if this store keeps any. */
    default Optional<PastStates> past() {
        return Optional.empty();
    }

    /**
     * The height from which on every block is here: 0, or more in a store that began with the state of a later block. The
     * genesis block is always here.
     */
    default long base() {
        return 0;
    }

    /** The block at {@code height}. */
    Optional<Block> block(long height);

    /** The height of the block with this hash. */
    Optional<Long> heightOf(Hash32 block);

    /** The header at {@code height}. */
    Optional<SealedHeader> header(long height);

    /** The block at {@code height} with the proof that it is final. */
    default Optional<SealedBlock> sealed(long height) {
        return block(height)
                .flatMap(block -> header(height).map(header -> new SealedBlock(block, header.certificate())));
    }

    /** Headers from {@code from} on, at most {@code count} and {@value #MAX_HEADERS}. */
    List<SealedHeader> headers(long from, int count);

    /** Where the transaction with this id is. */
    Optional<TransactionPlace> transaction(Hash32 id);

    @Override
    void close();
}
