package org.hearthnet.genesis.spec;

import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.Signing;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.crypto.VrfPublicKey;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * The keys of a seat.
 *
 * @param vrf makes beacons
 * @param vote signs ballots and blocks
 */
public record SeatKeys(VrfPublicKey vrf, NodeId vote) {
    /**
     * What both keys sign to show that {@code account} holds them: else it could vote with another's votes.
     *
     * @param account whose seat
     * @param keys its keys
     */
    public record Claim(NodeId account, SeatKeys keys) {
        /** Domain and encoding. */
        public static final Kind<Claim> KIND = Kind.of("hearth/seat-keys/1", Claim.class);
    }

    /**
     * That both keys are held.
     *
     * @param vrf the VRF key's proof for the claim
     * @param vote the vote key's signature under the claim
     */
    public record Possession(VrfProof vrf, Signature vote) {}

    /** The keys of an account with this vote key. */
    public static SeatKeys of(KeyPair account, KeyPair vote) {
        return new SeatKeys(VrfKey.of(account).publicKey(), vote.id());
    }

    /** Shows that {@code account} holds its keys on {@code network}. */
    public static Possession prove(KeyPair account, KeyPair vote, Hash32 network) {
        Claim claim = new Claim(account.id(), of(account, vote));
        return new Possession(VrfKey.of(account).prove(alpha(network, claim)), Claim.KIND.sign(vote, network, claim));
    }

    /** Whether {@code possession} shows that {@code account} holds these keys. About two milliseconds. */
    public boolean areHeldBy(NodeId account, Hash32 network, Possession possession) {
        Claim claim = new Claim(account, this);
        return Claim.KIND.verify(network, claim, vote, possession.vote())
                && vrf.verify(alpha(network, claim), possession.vrf()).isPresent();
    }

    private static byte[] alpha(Hash32 network, Claim claim) {
        return Signing.digest(network, Claim.KIND.domain(), Claim.KIND.codec(), claim);
    }
}
