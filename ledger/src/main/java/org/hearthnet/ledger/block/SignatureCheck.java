package org.hearthnet.ledger.block;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearthnet.genesis.crypto.Hashing;
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
    private final Map<Hash32, Boolean> valid = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash32, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** For transactions of {@code network}; nothing is known yet. */
    public SignatureCheck(Hash32 network) {
        this.network = network;
    }

    /** Checks one transaction. */
    public CheckedTransaction check(SignedTransaction signed) {
        byte[] encoded = signed.encode();
        Hash32 hash = Hashing.in(SignedTransaction.KIND.domain()).add(encoded).finish();
        return new CheckedTransaction(signed, signed.id(), hash, encoded.length, isValid(signed, hash));
    }

    /** Checks many, on all processors, in order. */
    public List<CheckedTransaction> check(List<SignedTransaction> all) {
        Stream<SignedTransaction> each = all.size() < PARALLEL ? all.stream() : all.parallelStream();
        return each.map(this::check).toList();
    }

    private boolean isValid(SignedTransaction signed, Hash32 hash) {
        synchronized (this) {
            if (valid.containsKey(hash)) {
                return true;
            }
        }
        boolean isValid = signed.isSignedFor(network);
        if (isValid) {
            synchronized (this) {
                valid.put(hash, true);
            }
        }
        return isValid;
    }
}
