package org.hearthnet.node.p2p.select;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.wire.Uvarint;
import org.hearthnet.node.p2p.wire.WireException;

/** Both sides of a negotiation; the number and the length of messages are bounded. */
public final class MultistreamSelect {
    public static final String HEADER = "/multistream/1.0.0";
    /** The most bytes of a message, newline included. */
    public static final int MAX_MESSAGE = 1024;
    /** The most proposals that are answered. */
    public static final int MAX_PROPOSALS = 32;

    private static final String NOT_AVAILABLE = "na";
    private static final String LIST = "ls";

    private MultistreamSelect() {}

    /**
     * Proposes protocols in order; the first goes out together with the header, to save a round trip.
     *
     * @return the protocol that the other side accepted
     * @throws P2pException UNSUPPORTED if it accepted none, PROTOCOL if it made no sense
     */
    public static String propose(Duplex duplex, List<String> protocols) throws IOException {
        if (protocols.isEmpty() || protocols.size() > MAX_PROPOSALS) {
            throw new IllegalArgumentException("propose 1 to " + MAX_PROPOSALS + " protocols");
        }
        duplex.write(messages(HEADER, protocols.getFirst()));
        requireHeader(duplex);
        for (int i = 0; i < protocols.size(); i++) {
            String proposed = protocols.get(i);
            if (i > 0) {
                duplex.write(messages(proposed));
            }
            String answer = read(duplex);
            if (answer.equals(proposed)) {
                return proposed;
            }
            if (!answer.equals(NOT_AVAILABLE)) {
                throw P2pException.protocol("multistream answered something else than was proposed");
            }
        }
        throw new P2pException(P2pException.Reason.UNSUPPORTED, "the peer supports none of " + protocols);
    }

    /** Answers proposals until one is supported. */
    public static String answer(Duplex duplex, Predicate<String> supported) throws IOException {
        duplex.write(messages(HEADER));
        requireHeader(duplex);
        for (int i = 0; i < MAX_PROPOSALS; i++) {
            String proposed = read(duplex);
            // Nobody needs a list of what is here to use it; "na" is a valid answer to any message.
            if (!proposed.equals(LIST) && supported.test(proposed)) {
                duplex.write(messages(proposed));
                return proposed;
            }
            duplex.write(messages(NOT_AVAILABLE));
        }
        throw P2pException.protocol("more than " + MAX_PROPOSALS + " protocols proposed");
    }

    /** Whether a name fits into a message. */
    public static boolean isValidName(String protocol) {
        return !protocol.isEmpty()
                && protocol.indexOf('\n') < 0
                && !protocol.equals(NOT_AVAILABLE)
                && !protocol.equals(LIST)
                && protocol.getBytes(StandardCharsets.UTF_8).length < MAX_MESSAGE;
    }

    private static void requireHeader(Duplex duplex) throws IOException {
        if (!read(duplex).equals(HEADER)) {
            throw P2pException.protocol("the peer does not speak " + HEADER);
        }
    }

    private static byte[] messages(String... texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
            out.writeBytes(Uvarint.encode(bytes.length));
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static String read(Duplex duplex) throws IOException {
        byte[] one = new byte[1];
        long length = Uvarint.read(() -> {
            duplex.readFully(one);
            return one[0] & 0xff;
        });
        if (length < 1 || length > MAX_MESSAGE) {
            throw new WireException("multistream message of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        duplex.readFully(bytes);
        if (bytes[bytes.length - 1] != '\n') {
            throw new WireException("multistream message without a newline");
        }
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
    }
}
