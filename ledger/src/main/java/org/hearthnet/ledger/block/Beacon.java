package org.hearthnet.ledger.block;

import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * The random value of each block: the hash of the proposer's signature over the previous beacon and the height.
 *
 * <p>An Ed25519 verifier cannot tell whether the nonce inside a signature was derived as RFC 8032 says. So a proposer that
 * departs from it can make many valid signatures and keep the one whose beacon it likes: it can bias every draw. Nobody
 * else can. A chain with one proposer must show this to people; a unique signature (ECVRF, RFC 9381) from several
 * proposers removes it.
 */
public final class Beacon {
    /**
     * What is signed.
     *
     * @param previous the parent's beacon
     * @param height height of the new block
     */
    public record Seed(Hash32 previous, long height) {
        /** Domain and encoding. */
        public static final Kind<Seed> KIND = Kind.of("hearth/beacon-seed/1", Seed.class);
    }

    private Beacon() {}

    /** The proof for the block after one with beacon {@code previous}. */
    public static Signature prove(KeyPair proposer, Hash32 network, Hash32 previous, long height) {
        return Seed.KIND.sign(proposer, network, new Seed(previous, height));
    }

    /** The beacon that {@code proof} makes. */
    public static Hash32 value(Signature proof) {
        return Hashing.in("hearth/beacon/1").add(proof.toArray()).finish();
    }

    /** Whether {@code proof} is {@code proposer}'s for this place in the chain. */
    public static boolean verify(Hash32 network, Hash32 previous, long height, NodeId proposer, Signature proof) {
        return Seed.KIND.verify(network, new Seed(previous, height), proposer, proof);
    }

    /** The beacon of the genesis block. */
    public static Hash32 genesis(Hash32 network) {
        return Hashing.in("hearth/genesis-beacon/1").add(network).finish();
    }
}
