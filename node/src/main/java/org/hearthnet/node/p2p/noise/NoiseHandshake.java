package org.hearthnet.node.p2p.noise;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;

/**
 * The {@code /noise} handshake over a byte channel. It blocks without a deadline of its own: whoever runs it closes the
 * channel when its time is over.
 */
public final class NoiseHandshake {
    /** The protocol id by which it is negotiated. */
    public static final String PROTOCOL = "/noise";

    /** Keys, signature and a few names take some hundred bytes; RSA keys of other implementations up to a thousand. */
    private static final int MAX_HANDSHAKE_MESSAGE = 8192;

    private static final byte[] NOTHING = {};

    private final Identity identity;
    private final List<String> muxers;
    private final SecureRandom random;

    /** @param muxers the multiplexers to offer within the handshake, preferred first */
    public NoiseHandshake(Identity identity, List<String> muxers, SecureRandom random) {
        this.identity = identity;
        this.muxers = List.copyOf(muxers);
        this.random = random;
    }

    /**
     * A secured channel.
     *
     * @param muxer the multiplexer agreed on within the handshake, if the other side offered any of ours
     */
    public record Result(PeerId remotePeer, Optional<String> muxer, NoiseChannel channel) {}

    /** @param expected the peer that was called, or empty if anyone may answer; another one is REFUSED */
    public Result initiate(ByteChannel channel, Optional<PeerId> expected) throws IOException {
        X25519 staticKey = X25519.generate(random);
        HandshakeXX state = new HandshakeXX(true, staticKey, X25519.generate(random), NOTHING);
        NoiseFrames.write(channel, state.write(NOTHING));
        HandshakePayload remote = receive(channel, state);
        PeerId peer = PeerId.of(remote.identityKey());
        if (!expected.map(peer::equals).orElse(true)) {
            throw new P2pException(P2pException.Reason.REFUSED, "called " + expected.get() + ", answered by " + peer);
        }
        send(channel, state, staticKey);
        CipherState[] ciphers = state.split();
        return new Result(
                peer, firstCommon(muxers, remote.muxers()), new NoiseChannel(channel, ciphers[0], ciphers[1]));
    }

    public Result respond(ByteChannel channel) throws IOException {
        X25519 staticKey = X25519.generate(random);
        HandshakeXX state = new HandshakeXX(false, staticKey, X25519.generate(random), NOTHING);
        state.read(NoiseFrames.read(channel, MAX_HANDSHAKE_MESSAGE));
        send(channel, state, staticKey);
        HandshakePayload remote = receive(channel, state);
        CipherState[] ciphers = state.split();
        return new Result(
                PeerId.of(remote.identityKey()),
                firstCommon(remote.muxers(), muxers),
                new NoiseChannel(channel, ciphers[1], ciphers[0]));
    }

    private void send(ByteChannel channel, HandshakeXX state, X25519 staticKey) throws IOException {
        HandshakePayload mine = HandshakePayload.create(identity, staticKey.publicKey(), muxers);
        NoiseFrames.write(channel, state.write(mine.encode()));
    }

    private static HandshakePayload receive(ByteChannel channel, HandshakeXX state) throws IOException {
        byte[] payload = state.read(NoiseFrames.read(channel, MAX_HANDSHAKE_MESSAGE));
        return HandshakePayload.decode(payload, state.remoteStatic());
    }

    /** The initiator's order decides (libp2p connections, "inlining the muxer negotiation"). */
    private static Optional<String> firstCommon(List<String> initiator, List<String> responder) {
        return initiator.stream().filter(responder::contains).findFirst();
    }
}
