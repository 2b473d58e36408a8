package org.hearthnet.inference.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.model.Tales;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokenizerTest {
    private static Tokenizer tokenizer;

    @BeforeAll
    static void open() throws IOException {
        try (GgufFile file = Tales.open()) {
            tokenizer = Tokenizers.of(file.metadata());
        }
    }

    @Test
    void agreesWithLlamaCppOnGoldenCases() {
        for (JsonNode item : Tales.golden().get("tokenizer_cases")) {
            String text = item.get("text").asText();
            assertArrayEquals(Tales.ints(item.get("token_ids_with_bos")), tokenizer.encode(text, true, true), text);
        }
        for (JsonNode item : Tales.golden().get("prompts")) {
            String text = item.get("prompt").asText();
            assertArrayEquals(Tales.ints(item.get("prompt_token_ids")), tokenizer.encode(text, true, true), text);
        }
    }

    @Test
    void agreesWithLlamaCppOnTheTale() throws IOException {
        int[] ids = tokenizer.encode(Tales.tale(), true, true);
        JsonNode golden = Tales.golden().get("perplexity");
        assertEquals(golden.get("token_count_with_bos").asInt(), ids.length);
        long hash = 0x14650fb0739d0383L;
        for (int id : ids) {
            hash = (hash ^ id) * 0x100000001b3L;
        }
        assertEquals(golden.get("token_ids_fnv1a64_u32").asText(), Long.toHexString(hash));
    }

    @Test
    void decodingRestoresAnyText() {
        long seed = 20;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var text = new StringBuilder();
            int[] ranges = {0x80, 0x250, 0x3000, 0x10000, 0x20000};
            for (int i = random.nextInt(40); i >= 0; i--) {
                int point = random.nextInt(ranges[random.nextInt(ranges.length)]);
                if (point < 0xD800 || point > 0xDFFF) {
                    text.appendCodePoint(point);
                }
            }
            assertEquals(text.toString(), tokenizer.decode(tokenizer.encode(text.toString(), true, false)));
        }
    }

    @Test
    void charactersAreNeverShownInHalves() {
        String text = "é漢😀";
        TokenDecoder decoder = tokenizer.decoder();
        var out = new StringBuilder();
        for (int id : tokenizer.encode(text, false, false)) {
            String piece = decoder.next(id);
            assertTrue(piece.indexOf('\uFFFD') < 0);
            out.append(piece);
        }
        assertEquals(text, out + decoder.finish());
    }

    @Test
    void anIncompleteCharacterAtTheEndIsReplaced() {
        int[] ids = tokenizer.encode("😀", false, false);
        TokenDecoder decoder = tokenizer.decoder();
        assertEquals("", decoder.next(ids[0]));
        assertEquals("\uFFFD", decoder.finish());
    }

    @Test
    void controlTokensAreReadOnlyWhereAllowed() {
        int end = tokenizer.beginToken().orElseThrow();
        assertArrayEquals(new int[] {end}, tokenizer.encode("<|endoftext|>", false, true));
        assertTrue(tokenizer.encode("<|endoftext|>", false, false).length > 1);
        assertTrue(tokenizer.isEnd(end));
        assertEquals("", tokenizer.decode(new int[] {end}));
    }

    @Test
    void hugeWordsTakeNoQuadraticTime() {
        String word = "ab".repeat(200_000);
        int[] ids = Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> tokenizer.encode(word + " ".repeat(200_000), false, true));
        assertEquals(word + " ".repeat(200_000), tokenizer.decode(ids));
    }

    @Test
    void limitsAreEnforced() {
        String tooLong = "a".repeat(Tokenizer.MAX_TEXT + 1);
        assertThrows(IllegalArgumentException.class, () -> tokenizer.encode(tooLong, false, false));
        assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(new int[] {4096}));
        assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(new int[] {-1}));
    }
}
