package org.hearthnet.ledger.block;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.crypto.Signing;
import org.hearthnet.genesis.crypto.VrfKey;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.crypto.VrfPublicKey;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * The random value of a block as the output of its proposer's VRF (RFC 9381) for (network, previous beacon, height). Unlike a
 * signature it is unique: a proposer has exactly one valid value at its place and can only withhold it, by not proposing.
 *
 * <p>This holds only for keys chosen before anybody could know {@code previous}: whoever may pick its key afterwards tries keys
 * until it likes the value. So take the key that was registered on the ledger, and let a registration count from a later
 * epoch on.
 */
public final class Beacon {
    /**
     * What the VRF is applied to.
     *
     * @param previous the parent's beacon
     * @param height height of the new block
     */
    public record Seed(Hash32 previous, long height) {
        /** Domain and encoding. */
        public static final Kind<Seed> KIND = Kind.of("hearth/vrf-beacon-seed/1", Seed.class);
    }

    private Beacon() {}

    /** The proof for the block at {@code height} after one with beacon {@code previous}. */
    public static VrfProof prove(VrfKey proposer, Hash32 network, Hash32 previous, long height) {
        return proposer.prove(alpha(network, previous, height));
    }

    /** Whether {@code proof} is that of the holder of {@code proposer} for this place in the chain. */
    public static boolean verify(VrfPublicKey proposer, Hash32 network, Hash32 previous, long height, VrfProof proof) {
        return proposer.verify(alpha(network, previous, height), proof).isPresent();
    }

    /**
     * The beacon that {@code proof} makes; nothing if it cannot be decoded, which {@link #verify} refuses. The VRF's output is
     * hashed once more, so that a beacon is never mistaken for the output of somebody's draw.
     */
    public static Optional<Hash32> value(VrfProof proof) {
        return proof.output()
                .map(output -> Hashing.in("hearth/vrf-beacon/1").add(output).finish());
    }

    /** The beacon of the genesis block. */
    public static Hash32 genesis(Hash32 network) {
        return Hashing.in("hearth/genesis-beacon/1").add(network).finish();
    }

    private static byte[] alpha(Hash32 network, Hash32 previous, long height) {
        return Signing.digest(network, Seed.KIND.domain(), Seed.KIND.codec(), new Seed(previous, height));
    }
}
