package org.hearthnet.ledger.block;

import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * A transaction with its sender's signature.
 *
 * @param transaction what is asked
 * @param signature the sender's, over the network and the transaction
 */
public record SignedTransaction(Transaction transaction, Signature signature) {
    /** Largest encoding in bytes. */
    public static final int MAX_BYTES = 900_000;

    /** Domain and encoding. */
    public static final Kind<SignedTransaction> KIND = Kind.of("hearth/signed-transaction/1", SignedTransaction.class);

    /** The hash that names the transaction. */
    public Hash32 id() {
        return transaction.id();
    }

    /** Whether the sender signed it for {@code network}. */
    public boolean isSignedFor(Hash32 network) {
        return Transaction.KIND.verify(network, transaction, transaction.sender(), signature);
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
    public static SignedTransaction decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new CodecException("a transaction of " + bytes.length + " bytes is over the limit of " + MAX_BYTES);
        }
        return KIND.codec().decode(bytes);
    }
}
