package org.hearthnet.node.p2p.gossipsub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PublicKey;
import org.hearthnet.node.p2p.wire.ProtoReader;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * A published message under the policy StrictSign (<a
 * href="https://github.com/libp2p/specs/blob/master/pubsub/README.md#message-signing">pubsub, message signing</a>): author,
 * sequence number and signature are always there. The key is left out, because the name of an Ed25519 peer contains it.
 *
 * <p>The {@link #id} is the first 20 bytes of SHA-256 over author (38 bytes), sequence number (8 bytes, big-endian),
 * signature (64 bytes), topic, a zero byte and data. It covers the signature so that a forged copy has another id than the
 * true message and cannot stand in its way.
 */
public final class Message {
    /** The most bytes of an encoded message ("The Message": limited, say, to 1 MiB), with room for the RPC around it. */
    public static final int MAX_ENCODED = 1024 * 1024 - 64;
    /** The most bytes of a topic's name. */
    public static final int MAX_TOPIC = 128;
    /** What an encoded message takes besides topic and data, rounded up. */
    static final int OVERHEAD = 160;

    private static final byte[] DOMAIN = "libp2p-pubsub:".getBytes(StandardCharsets.US_ASCII);
    private static final int SEQUENCE_SIZE = 8;
    private static final int MAX_KEY = 64;

    private final PeerId from;
    private final long sequence;
    private final String topic;
    private final byte[] data;
    private final byte[] signature;
    private final MessageId id;

    private Message(PeerId from, long sequence, String topic, byte[] data, byte[] signature) {
        this.from = from;
        this.sequence = sequence;
        this.topic = topic;
        this.data = data;
        this.signature = signature;
        this.id = computeId();
    }

    /** Signs a message. */
    public static Message sign(Identity author, String topic, long sequence, byte[] data) {
        byte[] copy = data.clone();
        byte[] signature = author.sign(signed(author.peerId(), sequence, topic, copy));
        return new Message(author.peerId(), sequence, topic, copy, signature);
    }

    /**
     * A message whose signature is 64 bytes of anything, for tests and simulations that judge messages otherwise: {@link
     * #isAuthentic} says what it is.
     */
    public static Message unauthentic(PeerId from, String topic, long sequence, byte[] data, byte[] signature) {
        if (signature.length != PublicKey.SIGNATURE_SIZE) {
            throw new IllegalArgumentException("a signature of " + signature.length + " bytes");
        }
        return new Message(from, sequence, topic, data.clone(), signature.clone());
    }

    /**
     * Reads a message; its signature is not checked yet.
     *
     * @throws WireException if it is malformed, lacks a field that StrictSign demands, or its author's key is no Ed25519 key
     */
    static Message decode(byte[] encoded) throws WireException {
        ProtoReader in = new ProtoReader(encoded);
        byte[] from = {};
        byte[] data = {};
        byte[] sequence = {};
        String topic = "";
        byte[] signature = {};
        byte[] key = {};
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> from = in.bytes(PeerId.SIZE);
                case 2 -> data = in.bytes(MAX_ENCODED);
                case 3 -> sequence = in.bytes(SEQUENCE_SIZE);
                case 4 -> topic = in.string(MAX_TOPIC);
                case 5 -> signature = in.bytes(PublicKey.SIGNATURE_SIZE);
                case 6 -> key = in.bytes(MAX_KEY);
                default -> in.skip();
            }
        }
        if (sequence.length != SEQUENCE_SIZE || signature.length != PublicKey.SIGNATURE_SIZE || topic.isEmpty()) {
            throw new WireException("message without topic, sequence number or signature");
        }
        PeerId author = PeerId.ofBytes(from);
        if (key.length > 0 && !Arrays.equals(key, author.publicKey().toProtobuf())) {
            throw new WireException("message with the key of another than its author");
        }
        return new Message(author, ByteBuffer.wrap(sequence).getLong(), topic, data, signature);
    }

    byte[] encode() {
        return unsigned(from, sequence, topic, data).bytes(5, signature).toBytes();
    }

    /** Whether the author signed it. Costs a verification of Ed25519, a tenth of a millisecond or two. */
    public boolean isAuthentic() {
        return from.publicKey().verify(signed(from, sequence, topic, data), signature);
    }

    private static ProtoWriter unsigned(PeerId from, long sequence, String topic, byte[] data) {
        byte[] number = ByteBuffer.allocate(SEQUENCE_SIZE).putLong(sequence).array();
        return new ProtoWriter()
                .bytes(1, from.toBytes())
                .bytes(2, data)
                .bytes(3, number)
                .string(4, topic);
    }

    private static byte[] signed(PeerId from, long sequence, String topic, byte[] data) {
        byte[] message = unsigned(from, sequence, topic, data).toBytes();
        byte[] all = Arrays.copyOf(DOMAIN, DOMAIN.length + message.length);
        System.arraycopy(message, 0, all, DOMAIN.length, message.length);
        return all;
    }

    private MessageId computeId() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(from.toBytes());
            digest.update(ByteBuffer.allocate(SEQUENCE_SIZE).putLong(0, sequence));
            digest.update(signature);
            digest.update(topic.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(data);
            return new MessageId(Arrays.copyOf(digest.digest(), MessageId.SIZE));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public MessageId id() {
        return id;
    }

    /** The author, not the neighbour that passed it on. */
    public PeerId from() {
        return from;
    }

    public long sequence() {
        return sequence;
    }

    public String topic() {
        return topic;
    }

    public byte[] data() {
        return data.clone();
    }

    /** Bytes that it takes on the wire and in memory, nearly. */
    public int size() {
        return data.length + topic.length() + OVERHEAD;
    }

    @Override
    public String toString() {
        return topic + " #" + sequence + " of " + from + ", " + data.length + " bytes";
    }
}
