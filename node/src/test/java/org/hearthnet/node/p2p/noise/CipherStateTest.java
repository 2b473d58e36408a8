package org.hearthnet.node.p2p.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.hearthnet.node.p2p.wire.WireException;
import org.junit.jupiter.api.Test;

class CipherStateTest {
    private static final byte[] KEY =
            HexFormat.of().parseHex("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0");

    @Test
    void inPlaceRoundTripAtAnOffset() throws WireException {
        CipherState sender = new CipherState(KEY);
        CipherState receiver = new CipherState(KEY);
        byte[] associated = {1, 2, 3};
        for (int length : new int[] {0, 1, 63, 64, 65, 1000, 65519}) {
            byte[] plain = new byte[length];
            Arrays.fill(plain, (byte) length);
            byte[] buffer = new byte[length + CipherState.TAG + 7];
            System.arraycopy(plain, 0, buffer, 5, length);
            assertEquals(length + CipherState.TAG, sender.encrypt(buffer, 5, length, associated));
            assertEquals(length, receiver.decrypt(buffer, 5, length + CipherState.TAG, associated));
            assertArrayEquals(plain, Arrays.copyOfRange(buffer, 5, 5 + length));
        }
    }

    @Test
    void replayedReorderedOrChangedMessagesAreRefused() throws WireException {
        byte[] nothing = {};
        CipherState sender = new CipherState(KEY);
        byte[] first = message(sender);
        byte[] second = message(sender);
        CipherState reordered = new CipherState(KEY);
        assertThrows(WireException.class, () -> reordered.decrypt(second.clone(), 0, second.length, nothing));
        CipherState replayed = new CipherState(KEY);
        replayed.decrypt(first.clone(), 0, first.length, nothing);
        assertThrows(WireException.class, () -> replayed.decrypt(first.clone(), 0, first.length, nothing));
        for (int bit = 0; bit < first.length * 8; bit += 7) {
            byte[] changed = first.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            CipherState fresh = new CipherState(KEY);
            assertThrows(WireException.class, () -> fresh.decrypt(changed, 0, changed.length, nothing));
        }
        CipherState fresh = new CipherState(KEY);
        assertThrows(WireException.class, () -> fresh.decrypt(new byte[15], 0, 15, nothing));
        assertThrows(WireException.class, () -> fresh.decrypt(first.clone(), 0, first.length, new byte[] {9}));
    }

    private static byte[] message(CipherState sender) {
        byte[] buffer = new byte[20 + CipherState.TAG];
        sender.encrypt(buffer, 0, 20, new byte[0]);
        return buffer;
    }
}
