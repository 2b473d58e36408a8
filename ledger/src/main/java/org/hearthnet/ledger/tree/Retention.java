package org.hearthnet.ledger.tree;

/**
 * How long nodes are kept after a later version replaced them: as long as a node is asked for proofs against that version.
 *
 * @param recent number of versions before the last one that stay whole; {@link #ARCHIVE} for all
 */
public record Retention(long recent) {
    /** Keeps every version. */
    public static final Retention ARCHIVE = new Retention(Long.MAX_VALUE);

    /** What a node keeps unless it is told otherwise. */
    public static final Retention DEFAULT = new Retention(64);

    /** Checks the number. */
    public Retention {
        if (recent < 0) {
            throw new IllegalArgumentException("a tree cannot keep " + recent + " versions");
        }
    }

    /**
     * The last version whose list of stale nodes can be worked off once {@code version} is there; negative for none. The
     * nodes in the list of a version are those that the version before it still needs.
     */
    public long prunable(long version) {
        return recent >= version ? -1 : version - recent;
    }
}
