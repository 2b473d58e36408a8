package org.hearthnet.node.p2p.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hearthnet.node.p2p.P2pException;
import org.junit.jupiter.api.Test;

class MultistreamSelectTest {
    private static final String HEADER = "\u0013/multistream/1.0.0\n";

    /** What the other side sends, all at once, and what we send it. */
    private static final class Script implements Duplex {
        private final ByteArrayInputStream in;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Script(byte[] incoming) {
            in = new ByteArrayInputStream(incoming);
        }

        Script(String incoming) {
            this(incoming.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void readFully(byte[] into) throws IOException {
            if (in.readNBytes(into, 0, into.length) < into.length) {
                throw new EOFException();
            }
        }

        @Override
        public void write(byte[] bytes) {
            out.writeBytes(bytes);
        }

        String sent() {
            return out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** The bytes of the specification's example. */
    @Test
    void proposesTheFirstTogetherWithTheHeader() throws IOException {
        Script script = new Script(HEADER + "\u0007/noise\nrest");
        assertEquals("/noise", MultistreamSelect.propose(script, List.of("/noise")));
        assertEquals(HEADER + "\u0007/noise\n", script.sent());
        assertEquals(4, script.in.available());
    }

    @Test
    void triesOneAfterAnother() throws IOException {
        Script script = new Script(HEADER + "\u0003na\n\u0003/b\n");
        assertEquals("/b", MultistreamSelect.propose(script, List.of("/a", "/b", "/c")));
        assertEquals(HEADER + "\u0003/a\n\u0003/b\n", script.sent());
        P2pException none = assertThrows(
                P2pException.class, () -> MultistreamSelect.propose(new Script(HEADER + "\u0003na\n"), List.of("/a")));
        assertEquals(P2pException.Reason.UNSUPPORTED, none.reason());
    }

    @Test
    void answersUntilOneIsSupported() throws IOException {
        Script script = new Script(HEADER + "\u0003ls\n\u0003/a\n\u0003/b\n");
        assertEquals("/b", MultistreamSelect.answer(script, "/b"::equals));
        assertEquals(HEADER + "\u0003na\n\u0003na\n\u0003/b\n", script.sent());
    }

    @Test
    void nonsenseIsRefused() {
        for (String bytes : new String[] {
            "",
            "GET / HTTP/1.1\r\n\r\n",
            "\u0013/multistream/9.0.0\n",
            HEADER,
            HEADER + "\u0000",
            HEADER + "\u0003/a ",
            HEADER + "\u00ff\u00ff\u00ff\u00ff\u000f",
            HEADER + "\u0083\u0000/a\n",
            HEADER + "\u0003/b\n"
        }) {
            assertThrows(IOException.class, () -> MultistreamSelect.propose(new Script(bytes), List.of("/a")));
        }
    }

    @Test
    void endlessProposalsAndLongOnesAreRefused() {
        Script endless = new Script(HEADER + "\u0003/x\n".repeat(1000));
        assertThrows(P2pException.class, () -> MultistreamSelect.answer(endless, "/b"::equals));
        assertEquals((1000 - MultistreamSelect.MAX_PROPOSALS) * 4, endless.in.available());
        Script tooLong = new Script(HEADER + "\u0081\u0008" + "x".repeat(1024) + "\n");
        assertThrows(IOException.class, () -> MultistreamSelect.answer(tooLong, name -> true));
        assertEquals(1025, tooLong.in.available());
    }

    @Property
    void anyBytesEndTheNegotiation(@ForAll @Size(max = 200) byte[] bytes) {
        assertThrows(IOException.class, () -> MultistreamSelect.answer(new Script(bytes), name -> false));
        assertThrows(IOException.class, () -> MultistreamSelect.propose(new Script(bytes), List.of("/a")));
    }

    @Test
    void names() {
        assertTrue(MultistreamSelect.isValidName("/a/1.0.0"));
        for (String name : new String[] {"", "na", "ls", "/a\n", "x".repeat(1024)}) {
            assertFalse(MultistreamSelect.isValidName(name));
        }
    }
}
