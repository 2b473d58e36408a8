package org.hearthnet.ledger.block;

import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SeatKeys;
import org.hearthnet.ledger.block.TransactionBody.RegisterSeatKeys;

/** How beacons are proven, and keys for them shown. A simulator of consensus has a cheaper way than the VRF. */
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

        @Override
        public RegisterSeatKeys registration(KeyPair account, KeyPair vote, Hash32 network, long epoch) {
            return new RegisterSeatKeys(epoch, SeatKeys.of(account, vote), SeatKeys.prove(account, vote, network));
        }

        @Override
        public boolean holdsKeys(NodeId sender, Hash32 network, RegisterSeatKeys body) {
            return body.keys().areHeldBy(sender, network, body.possession());
        }
    };

    /** The proof of {@code proposer} for the block at {@code height} after one with beacon {@code previous}. */
    VrfProof prove(KeyPair proposer, Hash32 network, Hash32 previous, long height);

    /** Whether {@code proof} is the seat's for this place in the chain. */
    boolean verify(Committee.Seat proposer, Hash32 network, Hash32 previous, long height, VrfProof proof);

    /** The beacon that {@code proof} makes, if it can be one. */
    Optional<Hash32> value(VrfProof proof);

    /** Registers {@code vote} for the seat of {@code account}. */
    RegisterSeatKeys registration(KeyPair account, KeyPair vote, Hash32 network, long epoch);

    /** Whether {@code sender} holds the keys that it registers. */
    boolean holdsKeys(NodeId sender, Hash32 network, RegisterSeatKeys body);
}
