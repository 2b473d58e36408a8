package org.hearthnet.genesis.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.junit.jupiter.api.Test;

class DisputeMoveCodecTest {
    private static final Codec<DisputeMove> CODEC = DisputeMove.KIND.codec();

    @Test
    void encodingsAreTheGoldenOnes() throws IOException {
        TreeMap<String, String> golden = new TreeMap<>();
        try (InputStream in = getClass().getResourceAsStream("/proof/dispute-moves.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
            text.lines().map(line -> line.split(" = ", 2)).forEach(pair -> golden.put(pair[0], pair[1]));
        }
        TreeMap<String, String> now = new TreeMap<>();
        Samples.moves().forEach((name, move) -> now.put(name, HexFormat.of().formatHex(CODEC.encode(move))));
        assertEquals(golden, now);
        Samples.moves()
                .forEach((name, move) ->
                        assertEquals(move, CODEC.decode(HexFormat.of().parseHex(golden.get(name))), name));
    }

    @Test
    void hostileBytesAreRefusedOrCanonical() {
        long seed = System.nanoTime();
        System.out.println("DisputeMoveCodecTest seed " + seed);
        Random random = new Random(seed);
        List<DisputeMove> moves = List.copyOf(Samples.moves().values());
        int accepted = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = mutate(random, CODEC.encode(moves.get(random.nextInt(moves.size()))));
            try {
                assertArrayEquals(bytes, CODEC.encode(CODEC.decode(bytes)));
                accepted++;
            } catch (CodecException e) {
                // As it should be: nothing else may come out of bytes that are no move.
            }
        }
        System.out.println(accepted + " of 50000 altered moves are still moves");
    }

    private static byte[] mutate(Random random, byte[] bytes) {
        byte[] out = bytes;
        switch (random.nextInt(4)) {
            case 0 -> out = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> out = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
            case 2 -> out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
            default -> {
                int at = random.nextInt(out.length);
                for (int i = at; i < Math.min(out.length, at + 4); i++) {
                    out[i] = (byte) random.nextInt();
                }
            }
        }
        return out;
    }

    @Test
    void aLengthThatIsNotThereCostsNoMemory() {
        byte[] bomb = HexFormat.of().parseHex("07000d6d80");
        CodecException e = assertThrows(CodecException.class, () -> CODEC.decode(bomb));
        assertEquals(true, String.valueOf(e.getMessage()).contains("bytes left"), e.getMessage());
        byte[] over = HexFormat.of().parseHex("077fffffff");
        assertThrows(CodecException.class, () -> CODEC.decode(over));
    }
}
