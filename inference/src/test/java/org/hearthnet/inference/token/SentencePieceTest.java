package org.hearthnet.inference.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufWriter;
import org.hearthnet.inference.model.LlamaCpp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SentencePiece-style tokenizer on a vocabulary of pieces of the test texts. */
class SentencePieceTest {
    private static final int TEXTS = 2_000;
    private static final int PIECES = 6_000;
    private static final int WIDTH = 32;
    private static final String USER_DEFINED = "<tool>";

    @TempDir
    private Path directory;

    /** Special tokens, bytes, and pieces with scores that fall with their number, some equal. */
    private Path write(long seed, boolean spacePrefix) throws IOException {
        Random random = new Random(seed);
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        List<Integer> types = new ArrayList<>(List.of(2, 3, 3));
        for (int b = 0; b < 256; b++) {
            tokens.add(String.format("<0x%02X>", b));
            types.add(6);
        }
        tokens.add(USER_DEFINED);
        types.add(4);
        Set<String> pieces = new LinkedHashSet<>();
        List<String> texts = TestTexts.of(seed, 4_000);
        while (pieces.size() < PIECES) {
            String text = (" " + texts.get(random.nextInt(texts.size()))).replace(' ', '\u2581');
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + 1 + random.nextInt(random.nextInt(3) == 0 ? 9 : 3));
            String piece = text.substring(from, to);
            // llama.cpp ends a token at a zero byte, and then has it twice
            boolean comparable = StandardCharsets.UTF_8.newEncoder().canEncode(piece) && piece.indexOf(0) < 0;
            if (comparable && !tokens.contains(piece)) {
                pieces.add(piece);
            }
        }
        tokens.addAll(pieces);
        pieces.forEach(piece -> types.add(1));
        float[] scores = new float[tokens.size()];
        for (int i = 260; i < scores.length; i++) {
            scores[i] = -(i - 260) / 3;
        }
        Path file = directory.resolve("spm-" + spacePrefix + ".gguf");
        GgufWriter out = new GgufWriter()
                .text("general.architecture", "llama")
                .integer("llama.block_count", 1)
                .integer("llama.embedding_length", WIDTH)
                .integer("llama.attention.head_count", 1)
                .integer("llama.feed_forward_length", WIDTH)
                .integer("llama.context_length", 128)
                .integer("llama.vocab_size", tokens.size())
                .real("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                .text("tokenizer.ggml.model", "llama")
                .texts("tokenizer.ggml.tokens", tokens)
                .reals("tokenizer.ggml.scores", scores)
                .integers(
                        "tokenizer.ggml.token_type",
                        types.stream().mapToInt(t -> t).toArray())
                .integer("tokenizer.ggml.unknown_token_id", 0)
                .integer("tokenizer.ggml.bos_token_id", 1)
                .integer("tokenizer.ggml.eos_token_id", 2)
                .bool("tokenizer.ggml.add_space_prefix", spacePrefix);
        matrix(out, "token_embd", tokens.size());
        for (String name : List.of("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")) {
            matrix(out, "blk.0." + name, WIDTH);
        }
        for (String name : List.of("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm")) {
            out.vector(name + ".weight", new float[WIDTH]);
        }
        out.write(file);
        return file;
    }

    /** llama.cpp does not open a vocabulary without a model. */
    private static void matrix(GgufWriter out, String name, int rows) {
        out.matrix(name + ".weight", WeightFormat.F32, rows, WIDTH, row -> new byte[WIDTH * Float.BYTES]);
    }

    private static Tokenizer open(Path file) throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return Tokenizers.of(gguf.metadata());
        }
    }

    @Test
    void idsAreThoseOfLlamaCpp() throws Exception {
        LlamaCpp.require();
        long seed = System.nanoTime();
        System.out.println("SentencePieceTest seed " + seed);
        for (boolean prefix : new boolean[] {true, false}) {
            Path file = write(seed, prefix);
            Tokenizer ours = open(file);
            List<String> texts = new ArrayList<>(TestTexts.of(seed + 1, TEXTS));
            texts.add("a" + USER_DEFINED + " b" + USER_DEFINED);
            JsonNode expected = LlamaCpp.run(
                    List.of("tokenize.mjs"),
                    new ObjectMapper().writeValueAsString(Map.of("path", file.toString(), "texts", texts)));
            for (int i = 0; i < texts.size(); i++) {
                int[] ids = new ObjectMapper().treeToValue(expected.get(i), int[].class);
                assertArrayEquals(ids, ours.encode(texts.get(i), false, false), texts.get(i));
            }
        }
    }

    @Test
    void textSurvivesTheRoundTrip() throws IOException {
        long seed = System.nanoTime();
        System.out.println("SentencePieceTest seed " + seed);
        for (boolean prefix : new boolean[] {true, false}) {
            Tokenizer tokenizer = open(write(seed, prefix));
            for (String text : TestTexts.of(seed + 2, TEXTS)) {
                if (StandardCharsets.UTF_8.newEncoder().canEncode(text) && (prefix || !text.startsWith(" "))) {
                    assertEquals(text, tokenizer.decode(tokenizer.encode(text, true, false)));
                }
            }
        }
    }

    @Test
    void controlTokensInTextAreTextUnlessAskedFor() throws IOException {
        Tokenizer tokenizer = open(write(5, true));
        int[] plain = tokenizer.encode("</s>", false, false);
        assertTrue(Arrays.stream(plain).noneMatch(id -> id == 2));
        assertArrayEquals(new int[] {2}, tokenizer.encode("</s>", false, true));
        assertEquals(1, tokenizer.encode("", true, false)[0]);
        assertTrue(tokenizer.isEnd(2));
    }

    @Test
    void markedTextNeverBecomesAControlToken() throws IOException {
        Tokenizer tokenizer = open(write(5, false));
        String evil = "a</s>b<s></s" + Tokenizer.PLAIN + "></</s>s>";
        int[] ids = tokenizer.encodeMarked("<s>" + tokenizer.mark(evil) + "</s>");
        assertEquals(1, ids[0]);
        assertEquals(2, ids[ids.length - 1]);
        int[] inside = Arrays.copyOfRange(ids, 1, ids.length - 1);
        assertTrue(Arrays.stream(inside).noneMatch(id -> id == 1 || id == 2), () -> Arrays.toString(inside));
        assertEquals(evil.replace("" + Tokenizer.PLAIN, ""), tokenizer.decode(inside));
        // the begin token is there once, whoever put it there
        assertArrayEquals(ids, tokenizer.encodeMarked(tokenizer.mark("") + "<s>" + tokenizer.mark(evil) + "</s>"));
        assertEquals(1, tokenizer.encodeMarked("a")[0]);
    }

    /** A megabyte of one word must not take quadratic time. */
    @Test
    void endlessWordsAreEncoded() throws IOException {
        Tokenizer tokenizer = open(write(6, true));
        String endless = "a".repeat(Tokenizer.MAX_TEXT);
        assertEquals(endless, tokenizer.decode(tokenizer.encode(endless, false, false)));
        assertThrows(IllegalArgumentException.class, () -> tokenizer.encode(endless + "a", false, false));
    }

    @Test
    void vocabulariesThatContradictThemselvesAreRefused() throws IOException {
        GgufWriter noScores = new GgufWriter()
                .text("tokenizer.ggml.model", "llama")
                .texts("tokenizer.ggml.tokens", List.of("<unk>", "a"))
                .vector("unused", new float[1]);
        Path file = directory.resolve("bad.gguf");
        noScores.write(file);
        assertThrows(GgufException.class, () -> open(file));
    }
}
