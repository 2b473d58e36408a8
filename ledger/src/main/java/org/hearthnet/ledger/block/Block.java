package org.hearthnet.ledger.block;

import java.util.List;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * A block.
 *
 * @param header what it commits to
 * @param signature by the vote key of the proposer's seat, over the header
 * @param transactions in the order in which they are applied
 */
public record Block(
        BlockHeader header,
        Signature signature,
        @Limit(Block.MAX_TRANSACTIONS) List<SignedTransaction> transactions) {
    /** Most transactions of one block. */
    public static final int MAX_TRANSACTIONS = 4096;

    /** Largest encoding in bytes: a proposal with its certificate fits into one gossip message of 1 MiB. */
    public static final int MAX_BYTES = 960 << 10;

    /** Domain and encoding. */
    public static final Kind<Block> KIND = Kind.of("hearth/block/1", Block.class);

    /** The height. */
    public long height() {
        return header.height();
    }

    /** The hash that names the block. */
    public Hash32 hash() {
        return header.hash();
    }

    /** Header and signature. */
    public SignedHeader signedHeader() {
        return new SignedHeader(header, signature);
    }

    /** The root that a header must carry for {@code transactions}. */
    public static Hash32 transactionsRoot(List<SignedTransaction> transactions) {
        return MerkleTree.root(
                transactions.stream().map(SignedTransaction.KIND::hash).toList());
    }

    /** The same for transactions whose hashes are known. */
    public static Hash32 rootOfChecked(List<CheckedTransaction> transactions) {
        return MerkleTree.root(
                transactions.stream().map(CheckedTransaction::hash).toList());
    }

    /** The canonical encoding. */
    public byte[] encode() {
        return KIND.codec().encode(this);
    }

    /**
     * Decodes bytes from outside.
     *
     * @throws CodecException if they are too many or not canonical
     */
    public static Block decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new CodecException("a block of " + bytes.length + " bytes is over the limit of " + MAX_BYTES);
        }
        return KIND.codec().decode(bytes);
    }
}
