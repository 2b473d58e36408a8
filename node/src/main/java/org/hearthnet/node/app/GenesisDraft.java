package org.hearthnet.node.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.Parameters;

/** A network in the making. */
public final class GenesisDraft {
    /** The label by which the ledger knows the account that the faucet gives from. */
    public static final String FAUCET = "faucet";

    /** How many grants a faucet has if nobody says. */
    private static final long GRANTS = 10_000;

    /** A veteran's bond in minimum bonds if nobody says: enough for receipts of some size, see the exposure cap. */
    private static final long BONDS = 20;

    /** Free credits of a veteran if nobody says: enough for a few ten thousand transactions. */
    private static final Amount VETERAN_BALANCE = Amount.credits(20);

    private final String name;
    private final boolean demo;
    private final Committee committee;
    private final Parameters parameters;
    private final List<ChainSpec.Allocation> allocations = new ArrayList<>();
    private final List<ModelManifest> models = new ArrayList<>();

    /** Starts a draft. */
    public GenesisDraft(String name, boolean demo, Committee committee, Parameters parameters) {
        this.name = name;
        this.demo = demo;
        this.committee = committee;
        this.parameters = parameters;
    }

    /** A first executor; with a bond that lets its receipts be worth something, unless told. */
    public GenesisDraft veteran(String label, NodeId id, Optional<Amount> balance, Optional<Amount> bond) {
        Amount stake = bond.orElseGet(() -> parameters.minimumBond().times(BONDS));
        if (stake.compareTo(parameters.minimumBond()) < 0) {
            throw new IllegalArgumentException(
                    label + ": a veteran's bond is at least " + parameters.minimumBond() + " credits");
        }
        return add(label, id, balance.orElse(VETERAN_BALANCE), stake, parameters.graduationReputation());
    }

    /** An account with free credits. */
    public GenesisDraft account(String label, NodeId id, Amount balance) {
        return add(label, id, balance, Amount.ZERO, 0);
    }

    /** Fills the faucet, if the network has one. Its account is a hash: nobody has the key. */
    public GenesisDraft faucet(Optional<Amount> total) {
        if (parameters.faucetGrant().isZero()) {
            if (total.isPresent()) {
                throw new IllegalArgumentException("there is no faucet to fill: faucetGrant is 0");
            }
            return this;
        }
        NodeId nobody = new NodeId(Hashing.in("hearth/faucet/1").finish());
        Amount filled = total.orElseGet(() -> parameters.faucetGrant().times(GRANTS));
        return add(FAUCET, nobody, filled, Amount.ZERO, 0);
    }

    private GenesisDraft add(String label, NodeId id, Amount balance, Amount bond, int reputation) {
        if (!label.matches("[A-Za-z0-9._-]{1,32}")) {
            throw new IllegalArgumentException("'" + label + "' is no label: 1 to 32 letters, digits, dots and dashes");
        }
        for (ChainSpec.Allocation other : allocations) {
            if (other.label().equals(label) || other.account().equals(id)) {
                throw new IllegalArgumentException("the account " + other.label() + " is named twice");
            }
        }
        allocations.add(new ChainSpec.Allocation(id, label, balance, bond, reputation));
        return this;
    }

    /** An approved model. */
    public GenesisDraft model(ModelManifest manifest) {
        models.add(manifest);
        return this;
    }

    /**
     * The network.
     *
     * @param timeMs its start, milliseconds since 1970
     */
    public ChainSpec build(long timeMs) {
        return new ChainSpec(name, demo, timeMs, committee, parameters, List.copyOf(allocations), List.copyOf(models));
    }
}
