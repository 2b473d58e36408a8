package org.hearthnet.node.p2p.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** base58btc, the alphabet of Bitcoin (draft-msporny-base58). Bounded, as its conversion takes quadratic time. */
public final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int[] DIGITS = digits();
    /** The longest text that is decoded, in characters. */
    public static final int MAX_TEXT = 256;

    private Base58() {}

    public static String encode(byte[] bytes) {
        int zeros = leading(bytes, (byte) 0);
        // log(256) / log(58) is just under 1.38 characters a byte.
        byte[] digits = new byte[(bytes.length - zeros) * 138 / 100 + 1];
        int used = 0;
        for (int i = zeros; i < bytes.length; i++) {
            used = multiplyAdd(digits, used, 256, bytes[i] & 0xff, 58);
        }
        byte[] text = new byte[zeros + used];
        Arrays.fill(text, 0, zeros, (byte) '1');
        for (int i = 0; i < used; i++) {
            text[zeros + i] = (byte) ALPHABET.charAt(digits[used - 1 - i]);
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    public static byte[] decode(String text) throws WireException {
        if (text.length() > MAX_TEXT) {
            throw new WireException("base58 text is longer than " + MAX_TEXT + " characters");
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] digits = new byte[text.length() - zeros + 1];
        int used = 0;
        for (int i = zeros; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < DIGITS.length ? DIGITS[c] : -1;
            if (digit < 0) {
                throw new WireException("not a base58 character at " + i);
            }
            used = multiplyAdd(digits, used, 58, digit, 256);
        }
        byte[] bytes = new byte[zeros + used];
        for (int i = 0; i < used; i++) {
            bytes[zeros + i] = digits[used - 1 - i];
        }
        return bytes;
    }

    /** Computes number * factor + carry in little-endian digits of {@code base}; returns the digits now used. */
    private static int multiplyAdd(byte[] digits, int used, int factor, int add, int base) {
        int carry = add;
        int i = 0;
        for (; i < used || carry > 0; i++) {
            carry += (i < used ? digits[i] & 0xff : 0) * factor;
            digits[i] = (byte) (carry % base);
            carry /= base;
        }
        return i;
    }

    private static int leading(byte[] bytes, byte value) {
        int n = 0;
        while (n < bytes.length && bytes[n] == value) {
            n++;
        }
        return n;
    }

    private static int[] digits() {
        int[] digits = new int[128];
        Arrays.fill(digits, -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            digits[ALPHABET.charAt(i)] = i;
        }
        return digits;
    }
}
