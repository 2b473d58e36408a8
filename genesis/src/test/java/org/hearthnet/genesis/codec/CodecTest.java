package org.hearthnet.genesis.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.junit.jupiter.api.Test;

class CodecTest {
    enum Colour {
        RED,
        GREEN
    }

    public sealed interface Shape permits Circle, Square {}

    @Tag(1)
    public record Circle(int radius) implements Shape {}

    @Tag(7)
    public record Square(long side, boolean filled) implements Shape {}

    public record Everything(
            long number,
            int small,
            boolean truth,
            float real,
            Colour colour,
            @Limit(8) String text,
            @Limit(4) Bytes bytes,
            Amount amount,
            Optional<Amount> maybe,
            @Limit(3) List<@Limit(2) Bytes> list,
            Shape shape) {}

    private static final Codec<Everything> CODEC = Codec.of(Everything.class);

    private static final Everything SAMPLE = new Everything(
            -2,
            7,
            true,
            1.5f,
            Colour.GREEN,
            "hé",
            Bytes.fromHex("0a0b"),
            Amount.of(9),
            Optional.of(Amount.of(1)),
            List.of(Bytes.fromHex("01"), Bytes.EMPTY),
            new Square(3, false));

    private static final String GOLDEN = "fffffffffffffffe" // number
            + "00000007" // small
            + "01" // truth
            + "3fc00000" // real
            + "01" // colour
            + "0000000368c3a9" // text
            + "000000020a0b" // bytes
            + "0000000000000009" // amount
            + "010000000000000001" // maybe
            + "00000002" + "0000000101" + "00000000" // list
            + "07" + "0000000000000003" + "00"; // shape

    @Test
    void encodesAsTheGoldenVectorSays() {
        assertEquals(GOLDEN, HexFormat.of().formatHex(CODEC.encode(SAMPLE)));
        assertEquals(SAMPLE, CODEC.decode(HexFormat.of().parseHex(GOLDEN)));
    }

    @Test
    void refusesEveryTruncationAndEveryExtraByte() {
        byte[] bytes = CODEC.encode(SAMPLE);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThrows(CodecException.class, () -> CODEC.decode(cut));
        }
        assertThrows(CodecException.class, () -> CODEC.decode(java.util.Arrays.copyOf(bytes, bytes.length + 1)));
    }

    /** Whatever is accepted is the one encoding of its value. */
    @Property(tries = 5000)
    void mutationsDecodeToTheirOwnEncodingOrNotAtAll(
            @ForAll @Size(min = 1, max = 4) List<Integer> places, @ForAll byte value) {
        byte[] bytes = CODEC.encode(SAMPLE);
        for (int place : places) {
            bytes[Math.floorMod(place, bytes.length)] ^= value;
        }
        Everything decoded;
        try {
            decoded = CODEC.decode(bytes);
        } catch (CodecException e) {
            return;
        }
        assertArrayEquals(bytes, CODEC.encode(decoded));
    }

    @Property(tries = 2000)
    void arbitraryBytesNeverDoAnythingElse(@ForAll byte[] bytes) {
        try {
            assertArrayEquals(bytes, CODEC.encode(CODEC.decode(bytes)));
        } catch (CodecException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("offset"), e.getMessage());
        }
    }

    @Test
    void namesFieldAndOffset() {
        byte[] bytes = HexFormat.of().parseHex(GOLDEN);
        bytes[12] = 2;
        CodecException e = assertThrows(CodecException.class, () -> CODEC.decode(bytes));
        assertEquals("Everything.truth at offset 13: neither 0 nor 1 for a truth value", e.getMessage());
    }

    @Test
    void holdsEveryLengthAgainstItsLimitBeforeAllocating() {
        byte[] bytes = HexFormat.of().parseHex(GOLDEN);
        int text = 8 + 4 + 1 + 4 + 1;
        bytes[text] = 0x7F; // claims two gigabytes
        CodecException e = assertThrows(CodecException.class, () -> CODEC.decode(bytes));
        assertTrue(String.valueOf(e.getMessage()).contains("over the limit of 8"), e.getMessage());
        assertThrows(
                CodecException.class,
                () -> CODEC.encode(new Everything(
                        0,
                        0,
                        false,
                        0,
                        Colour.RED,
                        "123456789",
                        Bytes.EMPTY,
                        Amount.ZERO,
                        Optional.empty(),
                        List.of(),
                        new Circle(1))));
    }

    @Test
    void refusesValuesThatTheRecordRefuses() {
        byte[] bytes = HexFormat.of().parseHex(GOLDEN);
        bytes[8 + 4 + 1 + 4 + 1 + 7 + 6] = (byte) 0x80; // a negative amount
        CodecException e = assertThrows(CodecException.class, () -> CODEC.decode(bytes));
        assertTrue(String.valueOf(e.getMessage()).contains("cannot be negative"), e.getMessage());
    }

    public record Unlimited(Bytes bytes) {}

    @Test
    void refusesTypesWithoutALimit() {
        assertThrows(IllegalArgumentException.class, () -> Codec.of(Unlimited.class));
    }
}
