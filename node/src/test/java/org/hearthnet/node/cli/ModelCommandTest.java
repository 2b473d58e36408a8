package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.bench.RandomModel.Kind;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.pipeline.TestKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth model}: what is kept, listed, registered and refused. */
class ModelCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory = Path.of("");

    private Path data = Path.of("");
    private Path qwen = Path.of("");
    private String printed = "";
    private String complaint = "";

    @BeforeEach
    void write() throws Exception {
        data = directory.resolve("data");
        qwen = directory.resolve("qwen.gguf");
        RandomModel.tiny(Kind.QWEN3, WeightFormat.Q4_K)
                .write(qwen, 5, w -> w.text("general.name", "Random Qwen").text("tokenizer.chat_template", "{{ x }}"));
    }

    private int run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var captured = new ByteArrayOutputStream();
        var complaints = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
        try {
            return HearthCommand.run(arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
            printed = captured.toString(StandardCharsets.UTF_8);
            complaint = complaints.toString(StandardCharsets.UTF_8);
        }
    }

    private JsonNode json(String... arguments) throws Exception {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
        assertEquals(ExitCode.DONE, run(all), () -> complaint);
        return JSON.readTree(printed);
    }

    private void refused(int code, String words, String... arguments) {
        assertEquals(code, run(arguments), () -> complaint);
        assertTrue(complaint.contains(words), () -> complaint);
    }

    @Test
    void anImportedModelIsDescribedKeptOnceAndListed() throws Exception {
        JsonNode imported = json("model", "import", qwen.toString(), "--data", data.toString());
        assertEquals("qwen", imported.get("name").asText());
        assertEquals("qwen3", imported.get("architecture").asText());
        assertEquals("Q4_K", imported.get("formats").get(0).asText());
        assertEquals("gpt2 gpt-2", imported.get("tokenizer").asText());
        assertTrue(imported.get("chatTemplate").asBoolean());
        Path kept = Path.of(imported.get("file").asText());
        assertEquals(
                imported.get("manifest").asText() + ".gguf", kept.getFileName().toString());
        assertEquals(-1, Files.mismatch(qwen, kept));
        assertEquals(ExitCode.DONE, run("model", "import", qwen.toString(), "--data", data.toString()));
        assertTrue(printed.contains("qwen3, \"Random Qwen\""), printed);
        JsonNode models = json("model", "list", "--data", data.toString()).get("models");
        assertEquals(2, models.size(), "the one in the box and the imported one");
        assertEquals(imported, models.get(1));
        try (Stream<Path> files = Files.list(data.resolve("models"))) {
            assertEquals(2, files.count(), "no drafts stay");
        }
    }

    @Test
    void anImportedModelIsKnownByNameAndByManifest() throws Exception {
        JsonNode imported =
                json("model", "import", qwen.toString(), "--data", data.toString(), "--name", "little-qwen");
        var option = ModelOption.of("little-qwen");
        option.searchIn(java.util.Optional.of(data));
        assertEquals(imported.get("file").asText(), option.path().toString());
        var byId = ModelOption.of(imported.get("manifest").asText().substring(0, 10));
        byId.searchIn(java.util.Optional.of(data));
        assertEquals("little-qwen", byId.name());
        var file = ModelOption.of(qwen.toString());
        file.searchIn(java.util.Optional.of(data));
        assertEquals(qwen, file.path());
    }

    @Test
    void filesThatCannotRunAreRefusedByNameAndNotKept() throws Exception {
        Path other = directory.resolve("other.gguf");
        List<String> words = List.of("'mamba' is not supported", "the tokenizer 'bert' is not supported", "NaN");
        for (int i = 0; i < words.size(); i++) {
            int which = i;
            RandomModel.tiny(WeightFormat.F32).write(other, 1, w -> {
                switch (which) {
                    case 0 -> w.text("general.architecture", "mamba");
                    case 1 -> w.text("tokenizer.ggml.model", "bert");
                    default -> w.vector("blk.1.ffn_norm.weight", nan());
                }
            });
            refused(
                    ExitCode.CHECK_FAILED,
                    words.get(i),
                    "model",
                    "import",
                    other.toString(),
                    "--data",
                    data.toString());
        }
        Files.writeString(other, "no model");
        refused(
                ExitCode.CHECK_FAILED,
                "not a GGUF file",
                "model",
                "import",
                other.toString(),
                "--data",
                data.toString());
        refused(ExitCode.UNAVAILABLE, "no model file", "model", "import", "nothing.gguf", "--data", data.toString());
        assertFalse(Files.exists(data));
    }

    private static float[] nan() {
        float[] out = new float[64];
        out[63] = Float.NaN;
        return out;
    }

    private Path genesis() throws Exception {
        Path file = directory.resolve("genesis.json");
        SpecJson.write(
                file,
                new ChainSpec(
                        "n", true, 1, Committee.single(TestKeys.key(1)), NetworkPreset.demo(), List.of(), List.of()));
        return file;
    }

    @Test
    void aNetworkThatHasNotStartedApprovesARegisteredModel() throws Exception {
        Path genesis = genesis();
        ChainSpec before = SpecJson.read(genesis);
        JsonNode added = json("model", "register", qwen.toString(), "--genesis", genesis.toString());
        ChainSpec after = SpecJson.read(genesis);
        assertTrue(added.get("added").asBoolean());
        assertEquals(after.id().toHex(), added.get("network").asText());
        assertNotEquals(before.id(), after.id());
        assertEquals(added.get("model").asText(), after.models().getFirst().id().toHex());
        JsonNode again = json("model", "register", qwen.toString(), "--genesis", genesis.toString());
        assertFalse(again.get("added").asBoolean());
        assertEquals(1, SpecJson.read(genesis).models().size());
    }

    @Test
    void aNetworkThatRunsApprovesNothingMore() throws Exception {
        refused(ExitCode.USAGE, "the ledger has no transaction", "model", "register", qwen.toString());
        Path genesis = genesis();
        Files.createDirectories(directory.resolve("ledger"));
        byte[] before = Files.readAllBytes(genesis);
        refused(
                ExitCode.USAGE,
                "network that has started",
                "model",
                "register",
                qwen.toString(),
                "--genesis",
                genesis.toString());
        assertEquals(-1, Files.mismatch(genesis, Files.write(directory.resolve("before"), before)));
    }
}
