package org.hearthnet.node.sim.economy.strategy;

/** An executor that registers many new keys as verifiers and counts on their being drawn for its wrong receipts. */
public final class SybilNewcomers extends Cheat {
    /** Weight of all honest verifiers, in that of a new key: some 2,000 accounts with half a record each. */
    private static final int HONEST_WEIGHT = 50_000;

    private final int keys;

    /**
     * @param keys how many new keys
     * @param often how often it cheats, thousandths
     */
    public SybilNewcomers(int keys, int often) {
        super(often, FULL, Plea.DEFEND);
        this.keys = keys;
    }

    @Override
    public int addedVerifiers() {
        return FULL * keys / (keys + HONEST_WEIGHT);
    }

    @Override
    public String toString() {
        return keys + " new keys, " + super.toString();
    }
}
