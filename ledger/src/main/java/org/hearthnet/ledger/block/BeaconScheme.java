package org.hearthnet.ledger.block;

import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;

/** How beacons are proven. A simulator of consensus has a cheaper way than the VRF. */
public interface BeaconScheme {
    /** The real one: {@link Beacon}. */
    BeaconScheme VRF = new BeaconScheme() {
        @Override
        public VrfProof prove(KeyPair proposer, Hash32 network, Hash32 previous, long height) {
            return Beacon.prove(VrfKey.of(proposer), network, previous, height);
        }

        @Override
        public boolean verify(Committee.Seat proposer, Hash32 network, Hash32 previous, long height, VrfProof proof) {
            return Beacon.verify(proposer.vrf(), network, previous, height, proof);
        }

        @Override
        public Optional<Hash32> value(VrfProof proof) {
            return Beacon.value(proof);
        }
    };

    /** The proof of {@code proposer} for the block at {@code height} after one with beacon {@code previous}. */
    VrfProof prove(KeyPair proposer, Hash32 network, Hash32 previous, long height);

    /** Whether {@code proof} is the seat's for this place in the chain. */
    boolean verify(Committee.Seat proposer, Hash32 network, Hash32 previous, long height, VrfProof proof);

    /** The beacon that {@code proof} makes, if it can be one. */
    Optional<Hash32> value(VrfProof proof);
}
