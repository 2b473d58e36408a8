package org.hearthnet.node.chain;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.node.chain.SyncMessages.Request;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.RequestResponse;

/**
 * Questions to one peer by somebody who has no chain.
 *
 * @param host connected with the peer
 * @param network the network's id
 * @param peer whom to ask
 * @param patience for one answer
 */
record PeerQuestions(Host host, Hash32 network, PeerId peer, Duration patience) {
    /**
     * Asks.
     *
     * @throws LightException if the answer is malformed
     * @throws IOException if there is none
     */
    Response ask(Request request) throws IOException {
        byte[] answer = RequestResponse.call(
                host,
                peer,
                SyncServer.protocol(network),
                SyncMessages.REQUEST.encode(request),
                SyncMessages.MAX_RESPONSE_BYTES,
                Deadline.in(patience));
        try {
            return SyncMessages.RESPONSE.decode(answer);
        } catch (CodecException e) {
            throw new LightException("the peer's answer is malformed: " + e.getMessage());
        }
    }

    /** Asks for headers with committees. */
    List<TrustStep> steps(Request request) throws IOException {
        return switch (ask(request)) {
            case SyncMessages.Trust trust -> trust.steps();
            case Response other -> throw refused(other);
        };
    }

    /** Why something else than an answer came. */
    static IOException refused(Response other) {
        return other instanceof SyncMessages.Refusal refusal
                ? new IOException("the peer refuses: " + refusal.reason())
                : new IOException("the peer answers something else");
    }
}
