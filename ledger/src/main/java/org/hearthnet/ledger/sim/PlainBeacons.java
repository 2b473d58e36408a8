package org.hearthnet.ledger.sim;

import java.util.Arrays;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.crypto.VrfPublicKey;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SeatKeys;
import org.hearthnet.ledger.block.BeaconScheme;
import org.hearthnet.ledger.block.TransactionBody.RegisterSeatKeys;

/** Beacons that anybody could foresee: consensus does not depend on them, and curves would take most of the time. */
final class PlainBeacons implements BeaconScheme {
    /** Everybody's: nothing is verified with it. */
    static final VrfPublicKey VRF =
            new VrfPublicKey(Bytes.of(java.util.HexFormat.of().parseHex("02" + "01".repeat(32))));

    @Override
    public VrfProof prove(KeyPair proposer, Hash32 network, Hash32 previous, long height) {
        return proof(proposer.id(), previous, height);
    }

    private static VrfProof proof(NodeId proposer, Hash32 previous, long height) {
        Hash32 hash = Hashing.in("sim/beacon")
                .add(proposer.key())
                .add(previous)
                .add(height)
                .finish();
        return new VrfProof(Bytes.owned(Arrays.copyOf(hash.toArray(), VrfProof.BYTES)));
    }

    @Override
    public boolean verify(Committee.Seat proposer, Hash32 network, Hash32 previous, long height, VrfProof proof) {
        return proof.equals(proof(proposer.node(), previous, height));
    }

    @Override
    public RegisterSeatKeys registration(KeyPair account, KeyPair vote, Hash32 network, long epoch) {
        SeatKeys keys = new SeatKeys(VRF, vote.id());
        var possession = new SeatKeys.Possession(
                proof(account.id(), network, epoch), new Signature(vote.id().key(), Hash32.ZERO));
        return new RegisterSeatKeys(epoch, keys, possession);
    }

    @Override
    public boolean holdsKeys(NodeId sender, Hash32 network, RegisterSeatKeys body) {
        return body.possession().vrf().equals(proof(sender, network, body.epoch()));
    }

    @Override
    public Optional<Hash32> value(VrfProof proof) {
        return Optional.of(Hash32.at(proof.bytes().toArray(), 0));
    }
}
