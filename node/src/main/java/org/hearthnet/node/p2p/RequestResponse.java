package org.hearthnet.node.p2p;

import java.io.IOException;
import java.time.Duration;

/** One message there and one back over a stream of its own, with the lengths before them. */
public final class RequestResponse {
    private RequestResponse() {}

    /** Answers one request; an exception resets the stream. */
    @FunctionalInterface
    public interface Responder {
        byte[] answer(PeerId peer, byte[] request) throws IOException;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param maxResponse bytes of the longest answer that is accepted
     */
    public static byte[] call(
            Host host, PeerId peer, String protocol, byte[] request, int maxResponse, Deadline deadline)
            throws P2pException {
        Stream stream = host.openStream(peer, protocol, deadline);
        try {
            MessageStream messages = new MessageStream(stream);
            messages.write(request, deadline);
            stream.closeWrite();
            byte[] response = messages.read(maxResponse, deadline);
            if (response == null) {
                throw P2pException.protocol("no answer to a request of " + protocol);
            }
            stream.close();
            return response;
        } catch (P2pException | RuntimeException e) {
            stream.reset();
            throw e;
        }
    }

    /**
     * Serves requests.
     *
     * @param maxRequest bytes of the longest request that is read
     * @param timeout for reading a request, and again for getting the answer written
     */
    public static void serve(
            Host host, String protocol, ProtocolLimits limits, int maxRequest, Duration timeout, Responder responder) {
        host.handle(protocol, limits, stream -> {
            MessageStream messages = new MessageStream(stream);
            byte[] request = messages.read(maxRequest, Deadline.in(timeout));
            if (request != null) {
                byte[] response = responder.answer(stream.remotePeer(), request);
                messages.write(response, Deadline.in(timeout));
            }
        });
    }
}
