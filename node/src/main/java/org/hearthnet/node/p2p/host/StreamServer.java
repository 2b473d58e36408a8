package org.hearthnet.node.p2p.host;

import java.io.IOException;
import java.time.Duration;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.select.Duplex;
import org.hearthnet.node.p2p.select.MultistreamSelect;
import org.hearthnet.node.p2p.yamux.YamuxStream;

/** Negotiates and serves each incoming stream on a virtual thread of its own. */
final class StreamServer {
    private final HandlerTable handlers;
    private final Duration negotiation;

    StreamServer(HandlerTable handlers, Duration negotiation) {
        this.handlers = handlers;
        this.negotiation = negotiation;
    }

    void serve(PeerConnection connection, YamuxStream raw) {
        HostStream stream = connection.wrap(raw);
        Thread.ofVirtual().name("p2p-stream").start(() -> run(stream));
    }

    private void run(HostStream stream) {
        boolean served = false;
        try {
            serve(stream);
            served = true;
        } catch (IOException e) {
            // The other side, or the handler's judgement of it, ended the stream; resetting it says so.
        } finally {
            if (served) {
                stream.close();
            } else {
                stream.reset();
            }
        }
    }

    private void serve(HostStream stream) throws IOException {
        Duplex duplex = Duplex.of(stream, Deadline.in(negotiation));
        String protocol = MultistreamSelect.answer(duplex, handlers::supports);
        HandlerTable.Entry entry = handlers.get(protocol);
        if (entry == null || !entry.enter(stream.remotePeer())) {
            throw new P2pException(P2pException.Reason.LIMIT, "too many streams of " + protocol);
        }
        try {
            stream.negotiated(protocol);
            entry.handler().handle(stream);
        } finally {
            entry.leave(stream.remotePeer());
        }
    }
}
