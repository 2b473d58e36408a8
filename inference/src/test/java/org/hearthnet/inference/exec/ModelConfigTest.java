package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.bench.RandomModel.Kind;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the metadata of each architecture, and what is refused, by name. */
class ModelConfigTest {
    @TempDir
    private Path directory = Path.of("");

    private ModelConfig read(Kind kind, Consumer<GgufWriter> change) throws IOException {
        Path path = directory.resolve("model.gguf");
        RandomModel.tiny(kind, WeightFormat.F32).write(path, 1, change);
        try (GgufFile file = GgufFile.open(path)) {
            return ModelConfig.of(file);
        }
    }

    private ModelConfig read(Kind kind) throws IOException {
        return read(kind, w -> {});
    }

    private void refused(Kind kind, String words, Consumer<GgufWriter> change) {
        GgufException error = assertThrows(GgufException.class, () -> read(kind, change), words);
        assertTrue(String.valueOf(error.getMessage()).contains(words), error::getMessage);
    }

    @Test
    void architecturesDifferInLayoutNormsAndTies() throws IOException {
        assertEquals(RopeLayout.INTERLEAVED, read(Kind.LLAMA).rope().layout());
        assertEquals(RopeLayout.HALVES, read(Kind.QWEN2).rope().layout());
        assertEquals(RopeLayout.HALVES, read(Kind.QWEN3).rope().layout());
        assertTrue(read(Kind.QWEN3).headNorms());
        assertFalse(read(Kind.QWEN2).headNorms());
        assertTrue(read(Kind.LLAMA3).tiedEmbeddings());
        assertFalse(read(Kind.LLAMA).tiedEmbeddings());
        assertEquals(32, read(Kind.QWEN3).attention().headDim(), "heads of a width of their own");
        assertEquals(37, read(Kind.MISTRAL).attention().window());
        assertEquals(8, read(Kind.LLAMA3).rope().factors().size());
    }

    @Test
    void rotationsCanBePartialAndScaled() throws IOException {
        ModelConfig config = read(
                Kind.LLAMA,
                w -> w.integer("llama.rope.dimension_count", 8)
                        .real("llama.rope.freq_base", 500_000f)
                        .text("llama.rope.scaling.type", "linear")
                        .real("llama.rope.scaling.factor", 4f));
        assertEquals(8, config.rope().dimensions());
        assertEquals(500_000f, config.rope().base());
        assertEquals(4f, config.rope().scale());
        assertEquals(
                2f,
                read(Kind.QWEN2, w -> w.real("qwen2.rope.scaling.factor", 2f))
                        .rope()
                        .scale());
        assertEquals(
                1f,
                read(Kind.QWEN2, w -> w.text("qwen2.rope.scaling.type", "none").real("qwen2.rope.scaling.factor", 2f))
                        .rope()
                        .scale());
    }

    @Test
    void anyOfSeveralTokensEndsAnAnswer() throws IOException {
        ModelConfig config = read(
                Kind.LLAMA3,
                w -> w.integer("tokenizer.ggml.eot_token_id", 300).integer("tokenizer.ggml.eom_token_id", 12));
        assertTrue(config.endTokens().containsAll(List.of(300, RandomModel.END)), config::toString);
        assertTrue(config.ends(300));
        assertFalse(config.ends(1));
    }

    @Test
    void aWindowAsLongAsTheContextIsNone() throws IOException {
        assertEquals(
                0,
                read(Kind.LLAMA, w -> w.integer("llama.attention.sliding_window", 600))
                        .attention()
                        .window());
        assertEquals(
                0,
                read(Kind.QWEN2, w -> w.integer("qwen2.attention.sliding_window", 131_072))
                        .attention()
                        .window());
        refused(Kind.QWEN2, "sliding window", w -> w.integer("qwen2.attention.sliding_window", 599));
    }

    @Test
    void featuresThatAreNotComputedAreRefusedByName() {
        refused(Kind.LLAMA, "'gemma3' is not supported", w -> w.text("general.architecture", "gemma3"));
        refused(Kind.LLAMA, "RoPE scaling 'yarn'", w -> w.text("llama.rope.scaling.type", "yarn"));
        refused(Kind.LLAMA, "llama.expert_count", w -> w.integer("llama.expert_count", 8));
        refused(Kind.QWEN2, "attn_logit_softcapping", w -> w.real("qwen2.attn_logit_softcapping", 50f));
        refused(Kind.QWEN2, "final_logit_softcapping", w -> w.real("qwen2.final_logit_softcapping", 30f));
        refused(Kind.LLAMA, "llama.attention.scale", w -> w.real("llama.attention.scale", 0.5f));
        refused(Kind.LLAMA, "llama.logit_scale", w -> w.real("llama.logit_scale", 0.25f));
        refused(Kind.LLAMA, "llama.attention.causal", w -> w.bool("llama.attention.causal", false));
        refused(Kind.LLAMA, "llama.rope.scale_linear", w -> w.real("llama.rope.scale_linear", 2f));
        refused(Kind.LLAMA, "values of 8", w -> w.integer("llama.attention.value_length", 8));
        refused(Kind.LLAMA, "kv heads", w -> w.integer("llama.attention.head_count_kv", 3));
        refused(Kind.LLAMA, "is not an integer", w -> w.integers("llama.attention.head_count_kv", new int[] {2, 2, 2}));
        refused(Kind.LLAMA, "must be positive", w -> w.real("llama.rope.freq_base", Float.NaN));
        refused(Kind.LLAMA, "must lie in", w -> w.integer("llama.block_count", -1));
    }

    @Test
    void tensorsThatNoOperationReadsAreRefusedByName() {
        for (String name : List.of(
                "blk.0.ffn_gate_inp.weight",
                "blk.2.attn_output.bias",
                "blk.0.attn_qkv.weight",
                "blk.3.attn_norm.weight",
                "blk.00.attn_q.bias",
                "rope_factors_long.weight",
                "output.bias",
                "blk.1.attn_q_norm.weight")) {
            refused(Kind.LLAMA, name, w -> w.vector(name, new float[64]));
        }
    }

    @Test
    void tensorsOfAnotherShapeOrTypeAreRefusedByName() {
        refused(Kind.LLAMA, "blk.3.attn_norm.weight: the tensor is missing", w -> w.integer("llama.block_count", 4));
        refused(Kind.QWEN3, "must be 1 x 32", w -> w.vector("blk.1.attn_k_norm.weight", new float[64]));
        refused(Kind.LLAMA, "must be 128 x 64", w -> w.integer("llama.feed_forward_length", 128));
        refused(Kind.LLAMA3, "rotary factors", w -> w.vector("rope_freqs.weight", new float[] {1, 1}));
        refused(
                Kind.QWEN2,
                "blk.0.attn_q.bias: must be F32, is F16",
                w -> w.matrix("blk.0.attn_q.bias", WeightFormat.F16, 1, 64, row -> new byte[128]));
    }
}
