package org.hearthnet.node.p2p.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Base58Test {
    /** The test vectors of draft-msporny-base58. */
    @Test
    void draftVectors() throws WireException {
        check("Hello World!".getBytes(StandardCharsets.US_ASCII), "2NEpo7TZRRrLZSi2U");
        check(
                "The quick brown fox jumps over the lazy dog.".getBytes(StandardCharsets.US_ASCII),
                "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z");
        check(HexFormat.of().parseHex("0000287fb4cd"), "11233QC4");
        check(new byte[0], "");
    }

    private static void check(byte[] bytes, String text) throws WireException {
        assertEquals(text, Base58.encode(bytes));
        assertArrayEquals(bytes, Base58.decode(text));
    }

    @Property
    void roundTrip(@ForAll @Size(max = 100) byte[] bytes) throws WireException {
        assertArrayEquals(bytes, Base58.decode(Base58.encode(bytes)));
    }

    @Test
    void foreignCharactersAndLongTextsAreRefused() {
        for (String text : new String[] {"0", "O", "I", "l", "abc ", "ü", "1".repeat(Base58.MAX_TEXT + 1)}) {
            assertThrows(WireException.class, () -> Base58.decode(text));
        }
    }
}
