package org.hearthnet.node.p2p.flood;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PublicKey;
import org.hearthnet.node.p2p.wire.ProtoReader;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * A signed message. The signature covers protocol, topic, sequence number, sender and payload, each with its length
 * where it varies, behind a domain of its own; the id is the SHA-256 of the same bytes. The signature is no part of the
 * id, as another valid one of the same key would make a second message of it.
 *
 * <p>On the wire, a protobuf message: {@code 1} topic, {@code 2} sequence number, {@code 3} raw public key, {@code 4}
 * payload, {@code 5} signature.
 */
public final class FloodMessage {
    /** The most bytes of an encoded message. */
    public static final int MAX_ENCODED = 1024 * 1024;
    /** The most bytes of a topic's name. */
    public static final int MAX_TOPIC = 128;
    /** What an encoded message takes besides topic and payload, rounded up. */
    static final int OVERHEAD = 256;

    private static final byte[] DOMAIN = "libp2p-signed-flood-v1".getBytes(StandardCharsets.US_ASCII);

    private final String topic;
    private final long sequence;
    private final PublicKey sender;
    private final byte[] payload;
    private final byte[] signature;

    private FloodMessage(String topic, long sequence, PublicKey sender, byte[] payload, byte[] signature) {
        this.topic = topic;
        this.sequence = sequence;
        this.sender = sender;
        this.payload = payload;
        this.signature = signature;
    }

    /** Signs a message for the network that {@code protocol} names. */
    static FloodMessage sign(Identity identity, String protocol, String topic, long sequence, byte[] payload) {
        byte[] copy = payload.clone();
        byte[] signature = identity.sign(signed(protocol, topic, sequence, identity.publicKey(), copy));
        return new FloodMessage(topic, sequence, identity.publicKey(), copy, signature);
    }

    /** Reads a message; its signature is not checked yet. */
    static FloodMessage decode(byte[] encoded) throws WireException {
        ProtoReader in = new ProtoReader(encoded);
        String topic = "";
        long sequence = 0;
        byte[] key = {};
        byte[] payload = {};
        byte[] signature = {};
        // Each field once and in order: one message has one encoding.
        for (int expected = 1; expected <= 5; expected++) {
            if (in.next() != expected) {
                throw new WireException("flood message lacks field " + expected);
            }
            switch (expected) {
                case 1 -> topic = in.string(MAX_TOPIC);
                case 2 -> sequence = in.varint();
                case 3 -> key = in.bytes(PublicKey.SIZE);
                case 4 -> payload = in.bytes(MAX_ENCODED);
                default -> signature = in.bytes(PublicKey.SIGNATURE_SIZE);
            }
        }
        if (in.next() != 0 || key.length != PublicKey.SIZE || signature.length != PublicKey.SIGNATURE_SIZE) {
            throw new WireException("flood message of the wrong shape");
        }
        return new FloodMessage(topic, sequence, PublicKey.ofRaw(key), payload, signature);
    }

    byte[] encode() {
        return new ProtoWriter()
                .string(1, topic)
                .varint(2, sequence)
                .bytes(3, sender.raw())
                .bytes(4, payload)
                .bytes(5, signature)
                .toBytes();
    }

    boolean isAuthentic(String protocol) {
        return sender.verify(signed(protocol, topic, sequence, sender, payload), signature);
    }

    MessageId id(String protocol) {
        try {
            byte[] bytes = signed(protocol, topic, sequence, sender, payload);
            return new MessageId(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] signed(String protocol, String topic, long sequence, PublicKey sender, byte[] payload) {
        byte[] protocolBytes = protocol.getBytes(StandardCharsets.UTF_8);
        byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        int size = DOMAIN.length + 4 + protocolBytes.length + 4 + topicBytes.length + 8 + PublicKey.SIZE + 4;
        return ByteBuffer.allocate(size + payload.length)
                .put(DOMAIN)
                .putInt(protocolBytes.length)
                .put(protocolBytes)
                .putInt(topicBytes.length)
                .put(topicBytes)
                .putLong(sequence)
                .put(sender.raw())
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    public String topic() {
        return topic;
    }

    public long sequence() {
        return sequence;
    }

    public PublicKey sender() {
        return sender;
    }

    public PeerId senderPeer() {
        return PeerId.of(sender);
    }

    public byte[] payload() {
        return payload.clone();
    }

    public int payloadLength() {
        return payload.length;
    }

    @Override
    public String toString() {
        return topic + " #" + sequence + " of " + senderPeer() + ", " + payload.length + " bytes";
    }
}
