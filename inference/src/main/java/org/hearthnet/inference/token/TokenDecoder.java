package org.hearthnet.inference.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Text of a stream of tokens. A token may end inside a character: its bytes are held until the character is complete,
 * so a reader never sees half of one. Not thread-safe.
 */
public final class TokenDecoder {
    private final IntFunction<byte[]> bytesOf;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] held = new byte[0];

    TokenDecoder(IntFunction<byte[]> bytesOf) {
        this.bytesOf = bytesOf;
    }

    /** The text that {@code id} completes; empty for control tokens and inside a character. */
    public String next(int id) {
        return decode(bytesOf.apply(id), false);
    }

    /** What remains at the end of the stream: an incomplete character comes out as U+FFFD. */
    public String finish() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(held.length + bytes.length)
                .put(held)
                .put(bytes)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 4);
        utf8.decode(in, out, end);
        if (end) {
            utf8.flush(out);
            utf8.reset();
        }
        held = new byte[in.remaining()];
        in.get(held);
        return out.flip().toString();
    }
}
