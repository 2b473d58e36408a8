package org.hearthnet.ledger.block;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.Signing;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Checks the signatures of one network's transactions, each once: those found valid are remembered by the hash over
 * transaction and signature, so that what was checked on its way into a pool need not be checked again in a block. Nothing
 * passes that this did not verify itself. Remembers a bounded number, forgets the oldest. Safe for use by several threads.
 */
public final class SignatureCheck {
    /** Hashes that are remembered: more than pool and block hold together. About 5 MB. */
    static final int REMEMBERED = 1 << 14;

    /** From so many on transactions are checked in parallel. */
    private static final int PARALLEL = 8;

    private final Hash32 network;
    private final int most;
    private final Map<Hash32, Boolean> valid = new LinkedHashMap<>();

    /** For transactions of {@code network}; nothing is known yet. */
    public SignatureCheck(Hash32 network) {
        this(network, REMEMBERED);
    }

    SignatureCheck(Hash32 network, int most) {
        this.network = network;
        this.most = most;
    }

    /** Checks one transaction. */
    public CheckedTransaction check(SignedTransaction signed) {
        // Encoded once: a record's encoding is that of its parts, one after the other.
        Transaction transaction = signed.transaction();
        byte[] encoded = Transaction.KIND.codec().encode(transaction);
        byte[] signature = signed.signature().toArray();
        Hash32 id = Hashing.in(Transaction.KIND.domain()).add(encoded).finish();
        Hash32 hash = Hashing.in(SignedTransaction.KIND.domain())
                .add(encoded)
                .add(signature)
                .finish();
        return new CheckedTransaction(
                signed, id, hash, encoded.length + signature.length, isValid(signed, encoded, hash));
    }

    /** Checks many, on all processors, in order. */
    public List<CheckedTransaction> check(List<SignedTransaction> all) {
        Stream<SignedTransaction> each = all.size() < PARALLEL ? all.stream() : all.parallelStream();
        return each.map(this::check).toList();
    }

    private boolean isValid(SignedTransaction signed, byte[] encoded, Hash32 hash) {
        synchronized (this) {
            if (valid.containsKey(hash)) {
                return true;
            }
        }
        byte[] digest = Signing.digest(network, Transaction.KIND.domain(), encoded);
        boolean isValid = Signing.verify(digest, signed.transaction().sender(), signed.signature());
        if (isValid) {
            remember(hash);
        }
        return isValid;
    }

    private synchronized void remember(Hash32 hash) {
        valid.put(hash, true);
        if (valid.size() > most) {
            valid.remove(valid.keySet().iterator().next());
        }
    }

    /** How many are remembered. */
    synchronized int remembered() {
        return valid.size();
    }
}
