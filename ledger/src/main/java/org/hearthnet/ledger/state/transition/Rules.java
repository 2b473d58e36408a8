package org.hearthnet.ledger.state.transition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.block.BeaconScheme;
import org.hearthnet.ledger.block.SignatureCheck;

/**
 * What stays the same from block to block: the chain specification, what follows from it, and the referee.
 */
public final class Rules {
    private final ChainSpec spec;
    private final Hash32 network;
    private final Map<Hash32, ModelManifest> models = new HashMap<>();
    // By identity: hashing a manifest of thousands of tensors for every draw would be felt.
    private final Map<ModelManifest, Hash32> hashes = new java.util.IdentityHashMap<>();
    private final Referee referee;
    private final BeaconScheme beacons;
    private final SignatureCheck signatures;

    /** The rules of the network that {@code spec} makes. */
    public Rules(ChainSpec spec) {
        this(spec, Referee.RECOMPUTING);
    }

    /** The same with another referee, for tests of everything around disputes. */
    public Rules(ChainSpec spec, Referee referee) {
        this(spec, referee, BeaconScheme.VRF);
    }

    /** The same with other beacons too, for simulations. */
    public Rules(ChainSpec spec, Referee referee, BeaconScheme beacons) {
        this.spec = spec;
        this.beacons = beacons;
        this.network = spec.id();
        this.referee = referee;
        this.signatures = new SignatureCheck(network);
        for (ModelManifest model : spec.models()) {
            Hash32 id = model.id();
            models.put(id, model);
            hashes.put(model, id);
        }
    }

    /** The chain specification. */
    public ChainSpec spec() {
        return spec;
    }

    /** Its hash. */
    public Hash32 network() {
        return network;
    }

    /** The approved model with this manifest hash. */
    public Optional<ModelManifest> model(Hash32 manifest) {
        return Optional.ofNullable(models.get(manifest));
    }

    /** The hash of one of the approved models' manifests. */
    Hash32 manifest(ModelManifest model) {
        Hash32 id = hashes.get(model);
        return id == null ? model.id() : id;
    }

    /** The check of transactions' signatures, which remembers those that it has verified. */
    public SignatureCheck signatures() {
        return signatures;
    }

    /** How beacons are proven. */
    public BeaconScheme beacons() {
        return beacons;
    }

    /** The referee of disputes. */
    public Referee referee() {
        return referee;
    }
}
