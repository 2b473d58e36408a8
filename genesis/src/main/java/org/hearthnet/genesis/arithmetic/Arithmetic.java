package org.hearthnet.genesis.arithmetic;

/** The constants of the canonical arithmetic (specification section 1). */
public final class Arithmetic {
    /** The version that manifests and assignments name. */
    public static final int VERSION = 1;

    /** Elements of one quantisation block, of weights and of activations. */
    public static final int BLOCK = 32;

    /** Positions whose terms are summed together before chunks are combined in order. */
    public static final int CHUNK = 256;

    /** Interleaved partial sums of a {@link LaneSum}. */
    public static final int LANES = 16;

    /** Positions of a sequence: angles of rotations stay below it, where {@code appendix A} of the specification ends. */
    public static final int MAX_POSITIONS = 1 << 20;

    /** Every element of every result has a magnitude below this, or it is poison. */
    public static final float MAGNITUDE_LIMIT = 1e30f;

    private Arithmetic() {}
}
