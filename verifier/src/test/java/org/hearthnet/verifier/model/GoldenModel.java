package org.hearthnet.verifier.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.hearthnet.genesis.arithmetic.EmbeddingRow;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.inference.gguf.GgufWriter;

/** A small model with everything it computes for one prompt, by a second implementation in exact rational numbers. */
public record GoldenModel(JsonNode json) {
    /** All of them. */
    public static List<GoldenModel> all() {
        try (InputStream in =
                Objects.requireNonNull(GoldenModel.class.getResourceAsStream("/arithmetic/trace-v1.json"))) {
            JsonNode models = new ObjectMapper().readTree(in);
            return StreamSupport.stream(models.spliterator(), false)
                    .map(GoldenModel::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model as a file. */
    public Model open() {
        try {
            Path file = Files.createTempFile("golden", ".gguf");
            file.toFile().deleteOnExit();
            writer().write(file);
            return Model.of(file, "golden");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int[] prompt() {
        return integers(json.get("prompt"));
    }

    /** Prompt and answer. */
    public int[] tokens() {
        return integers(json.get("tokens"));
    }

    public SamplerSettings sampler() {
        JsonNode sampler = json.get("sampler");
        return new SamplerSettings(
                real(sampler.get("temperature")),
                sampler.get("topK").asInt(),
                real(sampler.get("topP")),
                Long.parseUnsignedLong(sampler.get("seed").asText(), 16));
    }

    /** Layer, position, operation, and the vector with the bits of its elements in hexadecimal. */
    public JsonNode results() {
        return json.get("results");
    }

    @Override
    public String toString() {
        return json.get("shape").get("architecture").asText();
    }

    private GgufWriter writer() {
        JsonNode shape = json.get("shape");
        JsonNode rope = shape.get("rope");
        String name = shape.get("architecture").asText();
        GgufWriter out = new GgufWriter()
                .text("general.architecture", name)
                .integer(name + ".block_count", shape.get("layers").asInt())
                .integer(name + ".embedding_length", shape.get("hidden").asInt())
                .integer(name + ".attention.head_count", shape.get("heads").asInt())
                .integer(name + ".attention.head_count_kv", shape.get("kvHeads").asInt())
                .integer(name + ".attention.key_length", shape.get("headSize").asInt())
                .integer(name + ".attention.value_length", shape.get("headSize").asInt())
                .integer(name + ".feed_forward_length", shape.get("ffn").asInt())
                .integer(name + ".context_length", 64)
                .integer(name + ".attention.sliding_window", shape.get("window").asInt())
                .integer(name + ".rope.dimension_count", rope.get("dimensions").asInt())
                .real(name + ".rope.freq_base", real(rope.get("base")))
                .text(name + ".rope.scaling.type", "linear")
                .real(name + ".rope.scaling.factor", real(rope.get("scale")))
                .real(name + ".attention.layer_norm_rms_epsilon", real(shape.get("epsilon")))
                .integer(
                        "tokenizer.ggml.eos_token_id",
                        shape.get("endTokens").get(0).asInt());
        if (!rope.get("factors").asText().isEmpty()) {
            out.vector("rope_freqs.weight", reals(rope.get("factors")));
        }
        json.get("tensors").forEach(tensor -> add(out, tensor));
        return out;
    }

    private static void add(GgufWriter out, JsonNode tensor) {
        String name = tensor.get("name").asText();
        WeightFormat type = WeightFormat.valueOf(tensor.get("type").asText());
        List<byte[]> rows = StreamSupport.stream(tensor.get("rows").spliterator(), false)
                .map(row -> HexFormat.of().parseHex(row.asText()))
                .toList();
        int columns = rows.getFirst().length / type.blockBytes() * type.blockElements();
        if (rows.size() == 1) {
            float[] elements = new float[columns];
            EmbeddingRow.read(type, rows.getFirst(), elements, 0);
            out.vector(name, elements);
        } else {
            out.matrix(name, type, rows.size(), columns, rows::get);
        }
    }

    private static float real(JsonNode node) {
        return reals(node)[0];
    }

    private static float[] reals(JsonNode node) {
        String[] words = node.asText().split(" ", -1);
        float[] out = new float[words.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
        }
        return out;
    }

    private static int[] integers(JsonNode node) {
        return IntStream.range(0, node.size()).map(i -> node.get(i).asInt()).toArray();
    }
}
