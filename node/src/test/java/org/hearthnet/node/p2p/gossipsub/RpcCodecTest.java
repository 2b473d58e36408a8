package org.hearthnet.node.p2p.gossipsub;

import static org.hearthnet.node.p2p.gossipsub.RouterBench.id;
import static org.hearthnet.node.p2p.gossipsub.RouterBench.peer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;
import org.junit.jupiter.api.Test;

class RpcCodecTest {
    private static final Identity AUTHOR = TestHosts.identity(5);

    private static Message message(String text) {
        return Message.sign(AUTHOR, "news", 42, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void allFieldsSurvive() throws IOException {
        Rpc rpc = new Rpc(
                List.of(new Rpc.Subscription("a", true), new Rpc.Subscription("b", false)),
                List.of(message("one"), message("two")),
                0,
                List.of(new Rpc.IHave("a", List.of(id(1), id(2))), new Rpc.IHave("b", List.of())),
                List.of(id(3)),
                List.of("a", "b"),
                List.of(new Rpc.Prune("c", List.of(peer(1), peer(2)), 60), new Rpc.Prune("d", List.of(), 0)),
                List.of(id(4), id(5)));
        Rpc back = RpcCodec.decode(RpcCodec.encode(rpc));
        assertEquals(rpc.subscriptions(), back.subscriptions());
        assertEquals(rpc.ihave(), back.ihave());
        assertEquals(rpc.iwant(), back.iwant());
        assertEquals(rpc.graft(), back.graft());
        assertEquals(rpc.prune(), back.prune());
        assertEquals(rpc.idontwant(), back.idontwant());
        assertEquals(2, back.publish().size());
        Message first = back.publish().getFirst();
        assertTrue(first.isAuthentic());
        assertEquals(message("one").id(), first.id());
        assertEquals("one", new String(first.data(), StandardCharsets.UTF_8));
        assertEquals(42, first.sequence());
        assertArrayEquals(RpcCodec.encode(rpc), RpcCodec.encode(back));
    }

    /** Written by hand from the protobuf definitions of the specifications. */
    @Test
    void bytesAreThoseOfTheSpecification() {
        Rpc rpc = new Rpc(
                List.of(new Rpc.Subscription("t", true)),
                List.of(),
                0,
                List.of(new Rpc.IHave("t", List.of(MessageId.of(new byte[] {7})))),
                List.of(MessageId.of(new byte[] {8})),
                List.of("t"),
                List.of(new Rpc.Prune("t", List.of(), 60)),
                List.of(MessageId.of(new byte[] {9})));
        String expected = "0a05" + "0801" + "120174" // subscriptions
                + "1a1e" // control
                + "0a06" + "0a0174" + "120107" // ihave
                + "1203" + "0a0108" // iwant
                + "1a03" + "0a0174" // graft
                + "2205" + "0a0174" + "183c" // prune
                + "2a03" + "0a0109"; // idontwant
        assertEquals(expected, HexFormat.of().formatHex(RpcCodec.encode(rpc)));
    }

    @Test
    void anyChangeMakesAnotherMessageThatNobodySigned() throws IOException {
        byte[] good = message("one").encode();
        assertTrue(Message.decode(good).isAuthentic());
        int refused = 0;
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            try {
                Message forged = Message.decode(bad);
                assertFalse(forged.isAuthentic(), "byte " + i);
                assertNotEquals(message("one").id(), forged.id(), "byte " + i);
            } catch (WireException e) {
                refused++;
            }
        }
        assertTrue(refused < good.length / 2, "most forgeries are well formed");
    }

    @Test
    void keyMayComeAlongAndMustBeTheAuthors() throws IOException {
        byte[] mine = AUTHOR.publicKey().toProtobuf();
        byte[] other = TestHosts.identity(6).publicKey().toProtobuf();
        Message with = Message.decode(withField(message("one").encode(), 6, mine));
        assertTrue(with.isAuthentic());
        assertEquals(message("one").id(), with.id(), "the key is no part of the id");
        assertThrows(
                WireException.class,
                () -> Message.decode(withField(message("one").encode(), 6, other)));
    }

    @Test
    void messagesOfAnotherPolicyAreCountedAndDoNotSpoilTheRest() throws IOException {
        byte[] unsigned =
                new ProtoWriter().bytes(2, new byte[] {1}).string(4, "news").toBytes();
        byte[] encoded = withField(RpcCodec.encode(Rpc.publishing(List.of(message("one")))), 2, unsigned);
        Rpc rpc = RpcCodec.decode(encoded);
        assertEquals(1, rpc.publish().size());
        assertEquals(1, rpc.unreadable());
        assertEquals(2, rpc.messages());
    }

    @Test
    void eachRepeatedFieldIsBounded() {
        byte[] topic = new ProtoWriter().string(1, "t").toBytes();
        byte[] sub = new ProtoWriter().varint(1, 1).string(2, "t").toBytes();
        byte[] ids = ids(RpcCodec.MAX_IDS + 1);
        assertBound("subscriptions", repeated(1, sub, RpcCodec.MAX_SUBSCRIPTIONS + 1));
        assertBound("messages", repeated(2, new byte[0], RpcCodec.MAX_MESSAGES + 1));
        assertBound("IHAVE", control(repeated(1, topic, RpcCodec.MAX_CONTROL + 1)));
        assertBound("GRAFT", control(repeated(3, topic, RpcCodec.MAX_CONTROL + 1)));
        assertBound("PRUNE", control(repeated(4, topic, RpcCodec.MAX_CONTROL + 1)));
        assertBound("IWANT", control(repeated(2, ids, 1)));
        assertBound("IWANT", control(repeated(2, ids(RpcCodec.MAX_IDS / 2 + 1), 2)));
        assertBound("IDONTWANT", control(repeated(5, ids, 1)));
        byte[] offer = new ProtoWriter().bytes(1, peer(1).toBytes()).toBytes();
        assertBound("peers in PRUNE", control(repeated(4, repeated(2, offer, RpcCodec.MAX_PEERS + 1), 1)));
        assertThrows(WireException.class, () -> RpcCodec.decode(control(repeated(2, longId(), 1))));
    }

    private static void assertBound(String what, byte[] encoded) {
        WireException refused = assertThrows(WireException.class, () -> RpcCodec.decode(encoded), what);
        assertTrue(refused.toString().contains(what), refused.toString());
    }

    private static byte[] longId() {
        return new ProtoWriter().bytes(1, new byte[MessageId.MAX_SIZE + 1]).toBytes();
    }

    private static byte[] ids(int count) {
        ProtoWriter out = new ProtoWriter();
        IntStream.range(0, count).forEach(i -> out.bytes(1, new byte[] {1}));
        return out.toBytes();
    }

    private static byte[] repeated(int field, byte[] value, int count) {
        ProtoWriter out = new ProtoWriter();
        IntStream.range(0, count).forEach(i -> out.bytes(field, value));
        return out.toBytes();
    }

    private static byte[] control(byte[] entries) {
        return new ProtoWriter().bytes(3, entries).toBytes();
    }

    private static byte[] withField(byte[] encoded, int field, byte[] value) {
        byte[] more = new ProtoWriter().bytes(field, value).toBytes();
        byte[] out = Arrays.copyOf(encoded, encoded.length + more.length);
        System.arraycopy(more, 0, out, encoded.length, more.length);
        return out;
    }
}
