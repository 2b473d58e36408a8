package org.hearthnet.node.chain;

import java.security.SecureRandom;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.ledger.journal.Disk;
import org.hearthnet.ledger.journal.MemoryDisk;
import org.hearthnet.ledger.member.Journal;
import org.hearthnet.ledger.seat.VoteKeys;
import org.hearthnet.ledger.store.MemoryJournal;

/**
 * What a node needs to vote, beside its account's key.
 *
 * @param journal what it has voted
 * @param keys its vote keys
 * @param wantsSeat whether it applies for a seat; one that it has it keeps in any case
 */
public record VotingParts(Journal journal, VoteKeys keys, boolean wantsSeat) {
    /** In memory: for a node that has no seat, or loses it with this process. */
    public static VotingParts inMemory(KeyPair account) {
        return new VotingParts(new MemoryJournal(), keys(new MemoryDisk(), account), false);
    }

    /** The vote keys on a disk. */
    public static VoteKeys keys(Disk disk, KeyPair account) {
        SecureRandom random = new SecureRandom();
        return VoteKeys.open(disk, account, () -> {
            byte[] seed = new byte[32];
            random.nextBytes(seed);
            return seed;
        });
    }
}
