package org.hearthnet.node.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.NodeId;

/** Who plays in the demo. Names are directories, and labels in the genesis file. */
enum Cast {
    /** Known to all from the start. */
    KEEPER("in the committee", false),
    /** Runs the first half of the model. */
    ANNA("in the committee, layers 0-2", true),
    /** Runs the second half. */
    BEN("in the committee, layers 3-5", true),
    /** Dearer than the others, so used when one of them is gone. */
    CLEO("in the committee, a spare for all layers", true),
    /** Verifies only, and earns her way. */
    DORA("newcomer", false),
    /** The same. */
    EMIL("newcomer", false),
    /** Cheaper than the others, and cheats. */
    FAYE("veteran, with a fault on purpose", true),
    /** Buys stories through a gateway. */
    GUS("client with a gateway", false);

    private final String part;
    private final boolean veteran;

    Cast(String part, boolean veteran) {
        this.part = part;
        this.veteran = veteran;
    }

    /** Directory and label. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String part() {
        return part;
    }

    /** Whether the genesis file makes it a veteran. */
    boolean isVeteran() {
        return veteran;
    }

    /** Who votes on the blocks. One of them is killed on the way; the other three go on. */
    static List<Cast> committee() {
        return List.of(KEEPER, ANNA, BEN, CLEO);
    }

    static List<Cast> all() {
        return Arrays.asList(values());
    }

    /** Who has the key {@code id}. */
    static Optional<Cast> of(NodeId id, java.util.Map<Cast, NodeId> keys) {
        return keys.entrySet().stream()
                .filter(e -> e.getValue().equals(id))
                .map(java.util.Map.Entry::getKey)
                .findFirst();
    }
}
