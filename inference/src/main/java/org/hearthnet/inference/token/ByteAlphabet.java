package org.hearthnet.inference.token;

import org.jspecify.annotations.Nullable;

/**
 * The map between bytes and printable characters of byte-level BPE vocabularies (Radford et al., 2019): printable
 * Latin-1 characters stand for themselves, the other bytes, in order, for U+0100 and up.
 */
final class ByteAlphabet {
    private static final int[] BYTE_OF_CHAR = new int[512];
    private static final char[] CHAR_OF_BYTE = new char[256];

    static {
        java.util.Arrays.fill(BYTE_OF_CHAR, -1);
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            CHAR_OF_BYTE[b] = (char) (printable ? b : next++);
            BYTE_OF_CHAR[CHAR_OF_BYTE[b]] = b;
        }
    }

    private ByteAlphabet() {}

    /** How bytes are written in a vocabulary. */
    static String text(byte[] bytes) {
        char[] out = new char[bytes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = CHAR_OF_BYTE[bytes[i] & 0xFF];
        }
        return new String(out);
    }

    /** The bytes a vocabulary string stands for, null if it has a character outside of the alphabet. */
    static byte @Nullable [] bytes(String token) {
        byte[] out = new byte[token.length()];
        for (int i = 0; i < out.length; i++) {
            char c = token.charAt(i);
            if (c >= BYTE_OF_CHAR.length || BYTE_OF_CHAR[c] < 0) {
                return null;
            }
            out[i] = (byte) BYTE_OF_CHAR[c];
        }
        return out;
    }
}
