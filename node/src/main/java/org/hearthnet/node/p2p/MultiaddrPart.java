package org.hearthnet.node.p2p;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hearthnet.node.p2p.wire.Uvarint;
import org.hearthnet.node.p2p.wire.WireException;

/** One {@code /protocol/value} of a {@link Multiaddr}, checked when made. */
public final class MultiaddrPart {
    /** The known protocols with their <a href="https://github.com/multiformats/multicodec">codes</a>. */
    public enum Code {
        IP4(4, 4),
        TCP(6, 2),
        IP6(41, 16),
        DNS(53, -1),
        DNS4(54, -1),
        DNS6(55, -1),
        P2P(421, -1);

        private final int number;
        private final int size;

        Code(int number, int size) {
            this.number = number;
            this.size = size;
        }

        public int number() {
            return number;
        }

        /** Bytes of the value, or -1 if its length stands before it. */
        int size() {
            return size;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_DNS = 253;
    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final Pattern IP6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final Code code;
    private final byte[] value;

    MultiaddrPart(Code code, byte[] value) throws WireException {
        this.code = code;
        this.value = value.clone();
        switch (code) {
            case IP4, IP6, TCP -> requireSize(code.size());
            case DNS, DNS4, DNS6 -> requireDnsName(text());
            case P2P -> PeerId.ofBytes(value);
        }
    }

    static MultiaddrPart tcp(int port) throws WireException {
        return new MultiaddrPart(Code.TCP, new byte[] {(byte) (port >> 8), (byte) port});
    }

    static MultiaddrPart parse(String name, String text) throws WireException {
        Code code = byName(name);
        MultiaddrPart part = switch (code) {
            case IP4 -> new MultiaddrPart(code, parseIp4(text));
            case IP6 -> new MultiaddrPart(code, parseIp6(text));
            case TCP -> tcp(parseNumber(text, 65535));
            case DNS, DNS4, DNS6 -> new MultiaddrPart(code, text.getBytes(StandardCharsets.UTF_8));
            case P2P -> new MultiaddrPart(code, PeerId.parse(text).toBytes());
        };
        return part;
    }

    static MultiaddrPart read(ByteBuffer in) throws WireException {
        Code code = byNumber(Uvarint.read(in));
        long size = code.size() >= 0 ? code.size() : Uvarint.read(in);
        if (size > in.remaining()) {
            throw new WireException("multiaddr is cut short");
        }
        byte[] value = new byte[(int) size];
        in.get(value);
        return new MultiaddrPart(code, value);
    }

    public Code code() {
        return code;
    }

    byte[] value() {
        return value;
    }

    boolean isHost() {
        return code != Code.TCP && code != Code.P2P;
    }

    int port() {
        return (value[0] & 0xff) << 8 | (value[1] & 0xff);
    }

    PeerId peer() {
        try {
            return PeerId.ofBytes(value);
        } catch (WireException e) {
            throw new IllegalStateException("checked when made", e);
        }
    }

    public String text() {
        return switch (code) {
            case IP4 -> (value[0] & 0xff) + "." + (value[1] & 0xff) + "." + (value[2] & 0xff) + "." + (value[3] & 0xff);
            case IP6 -> Ip6Text.of(value);
            case TCP -> Integer.toString(port());
            case DNS, DNS4, DNS6 -> new String(value, StandardCharsets.UTF_8);
            case P2P -> peer().toString();
        };
    }

    private static Code byName(String name) throws WireException {
        for (Code code : Code.values()) {
            if (code.text().equals(name)) {
                return code;
            }
        }
        throw new WireException("unknown multiaddr protocol: " + name);
    }

    private static Code byNumber(long number) throws WireException {
        for (Code code : Code.values()) {
            if (code.number() == number) {
                return code;
            }
        }
        throw new WireException("unknown multiaddr protocol: " + number);
    }

    private static byte[] parseIp4(String text) throws WireException {
        String[] words = text.split("\\.", 5);
        if (words.length != 4) {
            throw new WireException("not an IPv4 address: " + text);
        }
        byte[] raw = new byte[4];
        for (int i = 0; i < 4; i++) {
            raw[i] = (byte) parseNumber(words[i], 255);
        }
        return raw;
    }

    private static byte[] parseIp6(String text) throws WireException {
        if (!IP6_CHARACTERS.matcher(text).matches() || text.indexOf(':') < 0) {
            throw new WireException("not an IPv6 address: " + text);
        }
        try {
            // Only digits, colons and dots are left, so nothing is looked up by name.
            byte[] raw = InetAddress.getByName(text).getAddress();
            return raw.length == 16 ? raw : mapped(raw);
        } catch (UnknownHostException e) {
            throw new WireException("not an IPv6 address: " + text);
        }
    }

    /** Java shortens IPv4-mapped addresses to IPv4; here they stay what they were (RFC 4291 section 2.5.5.2). */
    private static byte[] mapped(byte[] ip4) {
        byte[] raw = new byte[16];
        raw[10] = (byte) 0xff;
        raw[11] = (byte) 0xff;
        System.arraycopy(ip4, 0, raw, 12, 4);
        return raw;
    }

    private static int parseNumber(String text, int max) throws WireException {
        if (!DECIMAL.matcher(text).matches() || Integer.parseInt(text) > max) {
            throw new WireException("not a number up to " + max + ": " + text);
        }
        return Integer.parseInt(text);
    }

    private void requireSize(int size) throws WireException {
        if (value.length != size) {
            throw new WireException(code + " has " + size + " bytes, not " + value.length);
        }
    }

    private static void requireDnsName(String name) throws WireException {
        if (name.length() > MAX_DNS || !DNS_NAME.matcher(name).matches()) {
            throw new WireException("not a DNS name in lower case");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultiaddrPart that && code == that.code && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * code.number() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "/" + code.text() + "/" + text();
    }
}
