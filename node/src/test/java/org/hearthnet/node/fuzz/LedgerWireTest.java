package org.hearthnet.node.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Real messages, whole and spoilt in every way that usually finds something. */
class LedgerWireTest {
    private static final int CHANGES = 300;

    private final List<WireFormat<?>> formats = WireFormat.all();
    private final List<WireSamples.Sample> samples = WireSamples.all();

    @Test
    void everyKindHasRealMessages() {
        Set<Integer> kinds = new HashSet<>();
        for (WireSamples.Sample sample : samples) {
            assertTrue(formats.get(sample.format()).check(sample.bytes()), "a real message is refused");
            kinds.add(sample.format());
        }
        assertEquals(formats.size(), kinds.size());
    }

    @Test
    void spoiltMessagesAreOneValueOrRefused() {
        long seed = new Random().nextLong();
        System.out.println("LedgerWireTest seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (WireSamples.Sample sample : samples) {
            for (int i = 0; i < CHANGES; i++) {
                byte[] spoilt = spoil(sample.bytes(), random);
                refused += formats.get(sample.format()).check(spoilt) ? 0 : 1;
            }
        }
        assertTrue(refused > 0, "seed " + seed + ": nothing was refused");
    }

    /** The sum of height and view overflows. */
    @Test
    void aProposalOfTheLastHeightIsAnswered() {
        byte[] proposal = samples.stream()
                .filter(s -> s.format() == 5 && s.bytes()[0] == 0)
                .findFirst()
                .orElseThrow()
                .bytes();
        java.util.Arrays.fill(proposal, 6, 13, (byte) 0xFF); // tag, view, then the header's height
        proposal[4] = 2;
        proposal[5] = 0x7F;
        assertTrue(formats.get(5).check(proposal));
    }

    @Test
    void everyShorterMessageIsRefused() {
        for (WireSamples.Sample sample : samples) {
            byte[] bytes = sample.bytes();
            for (int length = 0; length < bytes.length; length += 1 + bytes.length / 400) {
                byte[] cut = java.util.Arrays.copyOf(bytes, length);
                assertTrue(!formats.get(sample.format()).check(cut), "a part of a message is a message");
            }
        }
    }

    private static byte[] spoil(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0x7F : 0xFF);
                case 3 -> fill(bytes, at, random);
                default -> bytes = splice(bytes, at, random);
            }
        }
        return bytes;
    }

    /** Lengths, heights and amounts at the ends of their ranges. */
    private static void fill(byte[] bytes, int at, Random random) {
        int end = Math.min(bytes.length, at + (random.nextBoolean() ? 4 : 8));
        byte value = (byte) (random.nextBoolean() ? 0xFF : 0);
        java.util.Arrays.fill(bytes, at, end, value);
        if (value != 0 && random.nextBoolean()) {
            bytes[at] = 0x7F;
        }
    }

    private static byte[] splice(byte[] bytes, int at, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        int from = random.nextInt(bytes.length);
        out.write(bytes, from, Math.min(bytes.length - from, random.nextInt(64)));
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }
}
