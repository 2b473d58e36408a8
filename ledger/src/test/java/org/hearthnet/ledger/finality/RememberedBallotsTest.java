package org.hearthnet.ledger.finality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.block.Ballot;
import org.junit.jupiter.api.Test;

class RememberedBallotsTest {
    private static final Hash32 NETWORK = new Hash32(1, 2, 3, 4);

    private final KeyPair key = TestNetwork.key("one");
    private final AtomicInteger asked = new AtomicInteger();
    private final BallotVerifier counting = (voter, ballot, signature) -> {
        asked.incrementAndGet();
        return BallotVerifier.ed25519(NETWORK).verify(voter, ballot, signature);
    };

    private static Ballot ballot(int view) {
        return Ballot.nullify(7, view);
    }

    private Signature sign(int view) {
        return Ballot.KIND.sign(key, NETWORK, ballot(view));
    }

    @Test
    void aValidVoteIsVerifiedOnce() {
        BallotVerifier remembered = new RememberedBallots(counting);
        assertTrue(remembered.verify(key.id(), ballot(0), sign(0)));
        assertTrue(remembered.verify(key.id(), ballot(0), sign(0)));
        assertEquals(1, asked.get());
    }

    @Test
    void whatIsNotValidStaysSo() {
        BallotVerifier remembered = new RememberedBallots(counting);
        assertTrue(remembered.verify(key.id(), ballot(0), sign(0)));
        assertFalse(remembered.verify(key.id(), ballot(1), sign(0)), "another ballot");
        assertFalse(remembered.verify(TestNetwork.key("two").id(), ballot(0), sign(0)), "another voter");
        assertFalse(remembered.verify(key.id(), ballot(0), sign(1)), "another signature");
        assertFalse(remembered.verify(key.id(), ballot(0), sign(1)), "asked again");
        assertEquals(5, asked.get());
    }

    @Test
    void theOldestIsForgotten() {
        BallotVerifier remembered = new RememberedBallots(counting, 2);
        for (int view : new int[] {0, 1, 2, 0}) {
            assertTrue(remembered.verify(key.id(), ballot(view), sign(view)));
        }
        assertEquals(4, asked.get());
    }
}
