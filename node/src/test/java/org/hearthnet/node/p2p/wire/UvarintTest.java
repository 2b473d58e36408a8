package org.hearthnet.node.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UvarintTest {
    /** The examples of the unsigned-varint specification. */
    @ParameterizedTest
    @CsvSource({"0,00", "1,01", "127,7f", "128,8001", "255,ff01", "300,ac02", "16384,808001"})
    void specificationVectors(long value, String hex) throws WireException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertArrayEquals(bytes, Uvarint.encode(value));
        assertEquals(value, Uvarint.read(ByteBuffer.wrap(bytes)));
    }

    @Property
    void roundTrip(@ForAll @LongRange(min = 0) long value) throws WireException {
        byte[] bytes = Uvarint.encode(value);
        assertEquals(Uvarint.size(value), bytes.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        assertEquals(value, Uvarint.read(buffer));
        assertEquals(0, buffer.remaining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "ff", "8000", "818000", "ffffffffffffffffff01", "808080808080808080808080"})
    void cutShortPaddedOrTooLongIsRefused(String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        assertThrows(WireException.class, () -> Uvarint.read(bytes));
    }

    @Test
    void largestValueHasSixtyThreeBits() throws WireException {
        byte[] bytes = Uvarint.encode(Long.MAX_VALUE);
        assertEquals(Uvarint.MAX_BYTES, bytes.length);
        assertEquals(Long.MAX_VALUE, Uvarint.read(ByteBuffer.wrap(bytes)));
        assertThrows(IllegalArgumentException.class, () -> Uvarint.encode(-1));
    }
}
