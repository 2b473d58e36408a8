package org.hearthnet.node.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoTest {
    /** The examples of the protobuf encoding guide: field 1 = 150, field 2 = "testing". */
    @Test
    void guideExamples() throws WireException {
        byte[] bytes = HexFormat.of().parseHex("089601" + "120774657374696e67");
        assertArrayEquals(
                bytes, new ProtoWriter().varint(1, 150).string(2, "testing").toBytes());
        ProtoReader reader = new ProtoReader(bytes);
        assertEquals(1, reader.next());
        assertEquals(150, reader.varint());
        assertEquals(2, reader.next());
        assertEquals("testing", reader.string(7));
        assertEquals(0, reader.next());
    }

    @Test
    void unknownFieldsOfEveryTypeAreSkipped() throws WireException {
        String fixed = "09" + "0102030405060708" + "15" + "01020304";
        String negative = "18" + "ffffffffffffffffff01";
        ProtoReader reader = new ProtoReader(HexFormat.of().parseHex(fixed + negative + "2203616263" + "2801"));
        for (int field = 1; field <= 4; field++) {
            assertEquals(field, reader.next());
            reader.skip();
        }
        assertEquals(5, reader.next());
        assertEquals(1, reader.varint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "0b",
                "0c",
                "0f",
                "0a05616263",
                "0affffffff0f61",
                "09010203",
                "15010203",
                "08",
                "0880",
                "08ffffffffffffffffffff01",
                "0a"
            })
    void malformedIsRefused(String hex) {
        assertThrows(WireException.class, () -> skipAll(HexFormat.of().parseHex(hex)));
    }

    @Test
    void limitsAndTypesAreKept() throws WireException {
        ProtoReader tooLong = new ProtoReader(HexFormat.of().parseHex("0a03616263"));
        tooLong.next();
        assertThrows(WireException.class, () -> tooLong.bytes(2));
        ProtoReader wrongType = new ProtoReader(HexFormat.of().parseHex("0801"));
        wrongType.next();
        assertThrows(WireException.class, () -> wrongType.bytes(10));
        ProtoReader notText = new ProtoReader(HexFormat.of().parseHex("0a02c328"));
        notText.next();
        assertThrows(WireException.class, () -> notText.string(10));
    }

    @Property
    void anyBytesAreReadToTheEndOrRefused(@ForAll @Size(max = 64) byte[] bytes) {
        try {
            skipAll(bytes);
        } catch (WireException e) {
            // Refusing is the other right answer; anything else fails the test.
        }
    }

    private static void skipAll(byte[] bytes) throws WireException {
        ProtoReader reader = new ProtoReader(bytes);
        while (reader.next() != 0) {
            reader.skip();
        }
    }
}
