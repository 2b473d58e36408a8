package org.hearthnet.node.cli;

import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.wire.WireException;

/** Accounts as people name them. */
final class AccountIds {
    private AccountIds() {}

    /** 64 hexadecimal digits, or a peer id in base58. */
    static NodeId parse(String text) {
        try {
            return text.startsWith("12D3Koo") ? Peers.nodeId(PeerId.parse(text)) : NodeId.fromHex(text);
        } catch (WireException | IllegalArgumentException e) {
            throw CommandException.usage("'" + text
                    + "' is no account: 64 hexadecimal digits, as hearth key show prints them, or a peer id");
        }
    }

    /** The same, or a label of genesis. */
    static NodeId parse(String text, ChainSpec spec) {
        return spec.allocations().stream()
                .filter(a -> a.label().equals(text))
                .map(ChainSpec.Allocation::account)
                .findFirst()
                .orElseGet(() -> parse(text));
    }
}
