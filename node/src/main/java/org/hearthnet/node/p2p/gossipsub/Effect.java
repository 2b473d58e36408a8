package org.hearthnet.node.p2p.gossipsub;

import java.util.List;
import org.hearthnet.node.p2p.PeerId;

/** What a {@link Router} wants done. */
public sealed interface Effect {
    /** Sends {@code rpc} to a peer. */
    record Send(PeerId peer, Rpc rpc) implements Effect {}

    /** Sends one message, and nothing else, to each of some peers: it is encoded once. */
    record Forward(Message message, List<PeerId> peers) implements Effect {
        public Forward {
            peers = List.copyOf(peers);
        }
    }

    /** Checks signature and content of a message; {@link Input.Judged} must follow, whatever happens. */
    record Validate(Message message, PeerId from) implements Effect {}

    /** Gives an accepted message to the application. */
    record Deliver(Message message, PeerId from) implements Effect {}

    /** Tries to connect with peers that another one has offered ("PRUNE Backoff and Peer Exchange"). */
    record Connect(List<PeerId> peers) implements Effect {
        public Connect {
            peers = List.copyOf(peers);
        }
    }

    /** The score of a peer has fallen below the graylist threshold: whether to go on talking is for the shell to say. */
    record Graylisted(PeerId peer) implements Effect {}
}
