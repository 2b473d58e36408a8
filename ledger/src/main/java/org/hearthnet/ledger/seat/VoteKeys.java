package org.hearthnet.ledger.seat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.journal.Disk;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;

/**
 * The secret vote keys of a node: random, each for about an epoch, and gone for good afterwards. Nothing else that the node
 * keeps leads to them, so neither its account's key nor a backup of it, stolen or restored later, can vote at heights that are
 * over; a backup that is older than the keys of the epoch cannot vote at all, before it has registered new ones.
 *
 * <p>One small file, written anew as a whole: seeds of 32 bytes, then their hash. Safe for several threads.
 */
public final class VoteKeys {
    /** Most keys that are kept. */
    public static final int MOST = 32;

    private static final String FILE = "keys";
    private static final String NEXT = "keys.next";
    private static final int SEED = 32;

    private final Disk disk;
    private final KeyPair account;
    private final Supplier<byte[]> seeds;
    private final List<KeyPair> kept = new ArrayList<>();

    private VoteKeys(Disk disk, KeyPair account, Supplier<byte[]> seeds) {
        this.disk = disk;
        this.account = account;
        this.seeds = seeds;
    }

    /**
     * Reads the keys on a disk.
     *
     * @param account votes with its own key until others are registered
     * @param seeds 32 random bytes each time
     * @throws StoreException if the disk fails or the file is damaged
     */
    public static VoteKeys open(Disk disk, KeyPair account, Supplier<byte[]> seeds) {
        VoteKeys keys = new VoteKeys(disk, account, seeds);
        try {
            Optional<byte[]> file = disk.read(FILE);
            if (file.isPresent()) {
                keys.load(file.get());
            }
        } catch (IOException e) {
            throw broken(e);
        }
        return keys;
    }

    private void load(byte[] file) {
        int length = file.length - SEED;
        byte[] secrets = Arrays.copyOf(file, Math.max(0, length));
        boolean whole = length >= 0
                && length % SEED == 0
                && length <= MOST * SEED
                && Arrays.equals(Arrays.copyOfRange(file, length, file.length), check(secrets));
        if (!whole) {
            throw new StoreException(
                    Reason.CORRUPT,
                    "the vote keys are damaged. Remove votes/keys: this node then takes part again three epochs later");
        }
        for (int at = 0; at < length; at += SEED) {
            kept.add(KeyPair.fromSeed(Arrays.copyOfRange(secrets, at, at + SEED)));
        }
    }

    private static byte[] check(byte[] secrets) {
        return Hashing.in("hearth/vote-keys/1").add(secrets).finish().toArray();
    }

    /** The key with this public part, if it is here. */
    public synchronized Optional<KeyPair> find(NodeId voteKey) {
        return voteKey.equals(account.id())
                ? Optional.of(account)
                : kept.stream().filter(key -> key.id().equals(voteKey)).findFirst();
    }

    /** Makes a key, which is on the disk when this returns; the oldest gives way when there are {@link #MOST}. */
    public synchronized KeyPair fresh() {
        KeyPair key = KeyPair.fromSeed(seeds.get());
        kept.add(key);
        while (kept.size() > MOST) {
            kept.removeFirst();
        }
        write();
        return key;
    }

    /** Forgets all keys but {@code named} and the one made last, which may be on its way to the ledger. */
    public synchronized void retain(Set<NodeId> named) {
        if (kept.isEmpty()) {
            return;
        }
        KeyPair last = kept.getLast();
        if (kept.removeIf(key -> key != last && !named.contains(key.id()))) {
            write();
        }
    }

    /** How many keys are here, but for the account's. */
    public synchronized int size() {
        return kept.size();
    }

    private void write() {
        ByteArrayOutputStream secrets = new ByteArrayOutputStream();
        kept.forEach(key -> secrets.writeBytes(key.seed()));
        byte[] check = check(secrets.toByteArray());
        secrets.writeBytes(check);
        try {
            disk.truncate(NEXT, 0); // what a crash may have left
            disk.append(NEXT, secrets.toByteArray());
            disk.force(NEXT);
            disk.replace(NEXT, FILE);
            disk.forceNames();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static StoreException broken(IOException e) {
        return new StoreException(Reason.IO, "the vote keys cannot be written or read: " + e, e);
    }
}
