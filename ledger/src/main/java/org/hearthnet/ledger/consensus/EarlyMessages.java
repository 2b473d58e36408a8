package org.hearthnet.ledger.consensus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * Messages of the next height, which others may have reached a moment earlier. One of each kind, sender and view, of the
 * first views only: whatever is lost here is sent again.
 */
final class EarlyMessages {
    private static final int MAX_VIEWS = 2;
    private static final int MAX_PROPOSALS = 2;
    private static final int MAX_MESSAGES = 2048;

    private record Key(NodeId from, String kind) {}

    private final Map<Key, Input.Received> kept = new LinkedHashMap<>();
    private int proposals;

    void add(Input.Received received) {
        String kind = switch (received.message()) {
            case Message.Proposal p -> p.view() < MAX_VIEWS && proposals < MAX_PROPOSALS ? "p" + p.view() : "";
            case Message.Ballots(var vote) ->
                vote.ballot().view() < MAX_VIEWS
                        ? "" + vote.voter() + vote.ballot().choice()
                                + vote.ballot().view()
                        : "";
            case Message.Certified(var certificate) ->
                "c" + certificate.ballot().choice()
                        + Math.min(MAX_VIEWS, certificate.ballot().view());
            case Message.Status status -> "";
        };
        if (!kind.isEmpty() && kept.size() < MAX_MESSAGES) {
            boolean added = kept.putIfAbsent(new Key(received.from(), kind), received) == null;
            if (added && received.message() instanceof Message.Proposal) {
                proposals++;
            }
        }
    }

    /** Takes out all messages, in order of arrival. */
    List<Input.Received> take() {
        List<Input.Received> out = List.copyOf(kept.values());
        kept.clear();
        proposals = 0;
        return out;
    }
}
