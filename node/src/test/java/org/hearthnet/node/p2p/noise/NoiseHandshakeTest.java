package org.hearthnet.node.p2p.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.wire.ProtoWriter;
import org.hearthnet.node.p2p.wire.WireException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NoiseHandshakeTest {
    private final Identity alice = TestHosts.identity(1);
    private final Identity bob = TestHosts.identity(2);
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private PipeChannel[] pipe;

    @BeforeEach
    void open() throws IOException {
        pipe = PipeChannel.pair();
    }

    @AfterEach
    void close() throws IOException {
        pipe[0].close();
        pipe[1].close();
        threads.shutdownNow();
    }

    private NoiseHandshake handshake(Identity identity, String... muxers) {
        return new NoiseHandshake(identity, List.of(muxers), random);
    }

    @Test
    void bothLearnWhoTheOtherIs() throws Exception {
        Future<NoiseHandshake.Result> bobs =
                threads.submit(() -> handshake(bob, "/b", "/a").respond(pipe[1]));
        NoiseHandshake.Result alices = handshake(alice, "/a", "/b").initiate(pipe[0], Optional.of(bob.peerId()));
        assertEquals(bob.peerId(), alices.remotePeer());
        assertEquals(alice.peerId(), bobs.get().remotePeer());
        assertEquals(Optional.of("/a"), alices.muxer());
        assertEquals(Optional.of("/a"), bobs.get().muxer());
        transfer(alices.channel(), bobs.get().channel());
        transfer(bobs.get().channel(), alices.channel());
    }

    private void transfer(NoiseChannel from, NoiseChannel to) throws Exception {
        byte[] data = new byte[NoiseChannel.MAX_PLAINTEXT];
        new Random(7).nextBytes(data);
        Future<?> sent = threads.submit(() -> {
            from.writeBuffer().put(data);
            from.flush();
            from.writeBuffer().put(data, 0, 3);
            from.flush();
            return null;
        });
        assertEquals(ByteBuffer.wrap(data), to.read());
        assertEquals(ByteBuffer.wrap(data, 0, 3), to.read());
        sent.get();
    }

    @Test
    void withoutACommonMultiplexerNoneIsChosen() throws Exception {
        Future<NoiseHandshake.Result> bobs =
                threads.submit(() -> handshake(bob, "/b").respond(pipe[1]));
        assertEquals(
                Optional.empty(),
                handshake(alice, "/a").initiate(pipe[0], Optional.empty()).muxer());
        assertEquals(Optional.empty(), bobs.get().muxer());
    }

    @Test
    void anotherPeerThanTheOneCalledIsRefusedBeforeWeSayWhoWeAre() throws Exception {
        PeerId carol = TestHosts.identity(3).peerId();
        Future<NoiseHandshake.Result> bobs = threads.submit(() -> handshake(bob).respond(pipe[1]));
        P2pException e = assertThrows(P2pException.class, () -> handshake(alice).initiate(pipe[0], Optional.of(carol)));
        assertEquals(P2pException.Reason.REFUSED, e.reason());
        pipe[0].close();
        assertInstanceOf(
                EOFException.class,
                assertThrows(ExecutionException.class, bobs::get).getCause());
    }

    /** An impostor has a good noise key and the victim's public key, but cannot sign. */
    @Test
    void identityWithoutItsSignatureIsRefused() throws Exception {
        Future<?> impostor = threads.submit(() -> {
            X25519 key = X25519.generate(random);
            HandshakeXX state = new HandshakeXX(false, key, X25519.generate(random), new byte[0]);
            state.read(NoiseFrames.read(pipe[1], 1000));
            HandshakePayload stolen = HandshakePayload.create(bob, new byte[32], List.of());
            NoiseFrames.write(pipe[1], state.write(stolen.encode()));
            return null;
        });
        assertThrows(WireException.class, () -> handshake(alice).initiate(pipe[0], Optional.of(bob.peerId())));
        impostor.get();
    }

    @Test
    void payloadsAreChecked() {
        byte[] key = X25519.generate(random).publicKey();
        byte[] good = HandshakePayload.create(bob, key, List.of("/yamux/1.0.0")).encode();
        assertEquals(
                bob.publicKey(),
                org.junit.jupiter.api.Assertions.assertDoesNotThrow(() -> HandshakePayload.decode(good, key))
                        .identityKey());
        for (int i = 0; i < good.length - 18; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            assertThrows(WireException.class, () -> HandshakePayload.decode(changed, key), "byte " + i);
        }
        ProtoWriter many = new ProtoWriter();
        for (int i = 0; i < 17; i++) {
            many.string(2, "/m" + i);
        }
        byte[] tooMany = new ProtoWriter().bytes(4, many.toBytes()).toBytes();
        assertThrows(WireException.class, () -> HandshakePayload.decode(tooMany, key));
    }

    @Test
    void randomBytesAreRefused() throws Exception {
        long seed = System.nanoTime();
        System.out.println("NoiseHandshakeTest seed " + seed);
        Random hostile = new Random(seed);
        for (int round = 0; round < 50; round++) {
            PipeChannel[] ends = PipeChannel.pair();
            Future<?> garbage = threads.submit(() -> {
                byte[] bytes = new byte[hostile.nextInt(400)];
                hostile.nextBytes(bytes);
                // A length that is soon complete, so that the content is looked at as well.
                if (bytes.length > 2) {
                    bytes[0] = 0;
                }
                ends[1].write(ByteBuffer.wrap(bytes));
                ends[1].close();
                return null;
            });
            garbage.get();
            assertThrows(IOException.class, () -> {
                NoiseHandshake.Result result = handshake(alice).respond(ends[0]);
                result.channel().read();
            });
            ends[0].close();
        }
    }

    @Test
    void oversizedHandshakeMessageIsRefusedUnread() throws Exception {
        pipe[1].write(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xff}));
        assertThrows(WireException.class, () -> handshake(alice).respond(pipe[0]));
    }

    @Test
    void channelRefusesChangedReplayedAndCutMessages() throws Exception {
        CipherState key = new CipherState(new byte[32]);
        NoiseChannel sender = new NoiseChannel(pipe[1], key, key);
        sender.writeBuffer().put(new byte[] {1, 2, 3});
        sender.flush();
        ByteBuffer wire = ByteBuffer.allocate(100);
        pipe[0].read(wire);
        byte[] message = java.util.Arrays.copyOf(wire.array(), wire.position());
        assertEquals(2 + 3 + CipherState.TAG, message.length);

        pipe[1].write(ByteBuffer.wrap(message));
        NoiseChannel receiver = receiver();
        byte[] got = new byte[3];
        ByteBuffer first = receiver.read();
        assertNotNull(first);
        first.get(got);
        assertArrayEquals(new byte[] {1, 2, 3}, got);
        pipe[1].write(ByteBuffer.wrap(message));
        assertThrows(WireException.class, receiver::read);

        byte[] changed = message.clone();
        changed[6] ^= 1;
        pipe[1].write(ByteBuffer.wrap(changed));
        assertThrows(WireException.class, receiver()::read);
        pipe[1].write(ByteBuffer.wrap(new byte[] {0, 1, 9}));
        assertThrows(WireException.class, receiver()::read);
        pipe[1].write(ByteBuffer.wrap(message, 0, 10));
        pipe[1].close();
        assertThrows(EOFException.class, receiver()::read);
        assertNull(receiver().read());
    }

    private NoiseChannel receiver() {
        return new NoiseChannel(pipe[0], new CipherState(new byte[32]), new CipherState(new byte[32]));
    }
}
