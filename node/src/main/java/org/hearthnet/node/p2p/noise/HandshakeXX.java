package org.hearthnet.node.p2p.noise;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.hearthnet.node.p2p.wire.WireException;
import org.jspecify.annotations.Nullable;

/**
 * The XX pattern as a pure state machine of three messages (Noise section 7.5):
 *
 * <pre>
 *   -> e
 *   <- e, ee, s, es
 *   -> s, se
 * </pre>
 *
 * The initiator calls write, read, write; the responder read, write, read; then both {@link #split}.
 */
final class HandshakeXX {
    static final String NAME = "Noise_XX_25519_ChaChaPoly_SHA256";
    private static final int MESSAGES = 3;

    private final boolean initiator;
    private final X25519 staticKey;
    private final X25519 ephemeral;
    private final SymmetricState symmetric = new SymmetricState(NAME);
    private byte @Nullable [] remoteEphemeral;
    private byte @Nullable [] remoteStatic;
    private int message;

    HandshakeXX(boolean initiator, X25519 staticKey, X25519 ephemeral, byte[] prologue) {
        this.initiator = initiator;
        this.staticKey = staticKey;
        this.ephemeral = ephemeral;
        symmetric.mixHash(prologue);
    }

    byte[] write(byte[] payload) throws WireException {
        requireTurn(initiator);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (message < 2) {
            out.writeBytes(ephemeral.publicKey());
            symmetric.mixHash(ephemeral.publicKey());
        }
        if (message == 1) {
            symmetric.mixKey(ephemeral.agree(present(remoteEphemeral)));
        }
        if (message > 0) {
            out.writeBytes(symmetric.encryptAndHash(staticKey.publicKey()));
            // "es" for the responder and "se" for the initiator: its own static with the other's ephemeral.
            symmetric.mixKey(staticKey.agree(present(remoteEphemeral)));
        }
        out.writeBytes(symmetric.encryptAndHash(payload));
        message++;
        return out.toByteArray();
    }

    /** Returns the payload of the other side's message. */
    byte[] read(byte[] received) throws WireException {
        requireTurn(!initiator);
        ByteBuffer in = ByteBuffer.wrap(received);
        if (message < 2) {
            remoteEphemeral = take(in, X25519.SIZE);
            symmetric.mixHash(remoteEphemeral);
        }
        if (message == 1) {
            symmetric.mixKey(ephemeral.agree(present(remoteEphemeral)));
        }
        if (message > 0) {
            remoteStatic = symmetric.decryptAndHash(take(in, X25519.SIZE + CipherState.TAG));
            symmetric.mixKey(ephemeral.agree(remoteStatic));
        }
        byte[] payload = symmetric.decryptAndHash(take(in, in.remaining()));
        message++;
        return payload;
    }

    byte[] remoteStatic() {
        return present(remoteStatic).clone();
    }

    byte[] transcriptHash() {
        return symmetric.hash();
    }

    CipherState[] split() {
        if (message != MESSAGES) {
            throw new IllegalStateException("the handshake is not over");
        }
        return symmetric.split();
    }

    private void requireTurn(boolean evenTurn) {
        if (message >= MESSAGES || (message % 2 == 0) != evenTurn) {
            throw new IllegalStateException("not the turn of this side: message " + message);
        }
    }

    private static byte[] take(ByteBuffer in, int size) throws WireException {
        if (size > in.remaining()) {
            throw new WireException("noise handshake message is cut short");
        }
        byte[] bytes = new byte[size];
        in.get(bytes);
        return bytes;
    }

    private static byte[] present(byte @Nullable [] key) {
        if (key == null) {
            throw new IllegalStateException("key not received yet");
        }
        return key;
    }
}
