package org.hearthnet.genesis.spec;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * Everything that members agree on before the first block. Its {@link #id} is the network: it goes into every signature.
 *
 * @param name for people
 * @param demo whether nodes may be started with a fault on purpose
 * @param timeMs start of the network, milliseconds since 1970
 * @param committee who votes on the first blocks
 * @param parameters the network's numbers
 * @param allocations first accounts
 * @param models manifests whose work earns reputation and minted credit
 */
public record ChainSpec(
        @Limit(64) String name,
        boolean demo,
        long timeMs,
        Committee committee,
        Parameters parameters,
        @Limit(1024) List<Allocation> allocations,
        @Limit(64) List<ModelManifest> models) {
    /** Domain and encoding. */
    public static final Kind<ChainSpec> KIND = Kind.of("hearth/chain-spec/1", ChainSpec.class);

    /**
     * What an account starts with.
     *
     * @param account whose
     * @param label for people
     * @param balance free credits
     * @param bond bonded credits; at least the minimum bond makes a first veteran
     * @param reputation agreed duties counted from the start
     */
    public record Allocation(NodeId account, @Limit(32) String label, Amount balance, Amount bond, int reputation) {}

    /** The network's id. */
    public Hash32 id() {
        return KIND.hash(this);
    }

    /** The approved model with this manifest hash, if there is one. */
    public Optional<ModelManifest> model(Hash32 manifest) {
        return models.stream().filter(m -> m.id().equals(manifest)).findFirst();
    }
}
