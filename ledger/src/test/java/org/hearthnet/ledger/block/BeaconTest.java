package org.hearthnet.ledger.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.junit.jupiter.api.Test;

class BeaconTest {
    private static final Hash32 NETWORK = Hashing.in("test/network").finish();
    private static final Hash32 PREVIOUS = Hashing.in("test/previous").finish();

    private static VrfKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return VrfKey.of(KeyPair.fromSeed(seed));
    }

    @Property(tries = 50)
    void aProofIsGoodForItsPlaceOnly(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long height) {
        VrfKey key = key(1);
        VrfProof proof = Beacon.prove(key, NETWORK, PREVIOUS, height);
        assertTrue(Beacon.verify(key.publicKey(), NETWORK, PREVIOUS, height, proof));
        assertFalse(Beacon.verify(key.publicKey(), NETWORK, PREVIOUS, height + 1, proof));
        assertFalse(Beacon.verify(key.publicKey(), NETWORK, NETWORK, height, proof));
        assertFalse(Beacon.verify(key.publicKey(), PREVIOUS, PREVIOUS, height, proof));
        assertFalse(Beacon.verify(key(2).publicKey(), NETWORK, PREVIOUS, height, proof));
    }

    @Test
    void aProposerHasOneValueAtItsPlace() {
        VrfProof proof = Beacon.prove(key(1), NETWORK, PREVIOUS, 7);
        assertEquals(proof, Beacon.prove(key(1), NETWORK, PREVIOUS, 7));
        Hash32 value = Beacon.value(proof).orElseThrow();
        assertNotEquals(proof.output().orElseThrow(), value, "a beacon is no draw");
        assertNotEquals(Optional.of(value), Beacon.value(Beacon.prove(key(2), NETWORK, PREVIOUS, 7)));
    }

    @Test
    void beaconsFollowOneAnotherWithoutRepeating() {
        Set<Hash32> seen = new HashSet<>();
        Hash32 beacon = Beacon.genesis(NETWORK);
        for (int height = 1; height <= 40; height++) {
            VrfProof proof = Beacon.prove(key(height % 3), NETWORK, beacon, height);
            beacon = Beacon.value(proof).orElseThrow();
            assertTrue(seen.add(beacon));
        }
    }

    @Test
    void rubbishHasNoValue() {
        assertEquals(Optional.empty(), Beacon.value(new VrfProof(Bytes.of(new byte[VrfProof.BYTES]))));
    }
}
