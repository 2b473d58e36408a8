package org.hearthnet.node.chain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;

/** What people call accounts: the label that genesis gives them, else the first digits of the key. */
public final class Names {
    private final Map<NodeId, String> labels = new HashMap<>();

    public Names(ChainSpec spec) {
        this(spec, Map.of());
    }

    /** @param known names of accounts that genesis does not name, or names otherwise */
    public Names(ChainSpec spec, Map<NodeId, String> known) {
        spec.allocations().stream().filter(a -> !a.label().isEmpty()).forEach(a -> labels.put(a.account(), a.label()));
        List<Committee.Seat> seats = spec.committee().seats();
        for (int i = 0; i < seats.size(); i++) {
            labels.putIfAbsent(seats.get(i).node(), seats.size() == 1 ? "proposer" : "member" + (i + 1));
        }
        labels.putAll(known);
    }

    /** A name for {@code node}. */
    public String of(NodeId node) {
        return labels.getOrDefault(node, node.shortHex());
    }
}
