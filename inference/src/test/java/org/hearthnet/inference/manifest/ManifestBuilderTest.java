package org.hearthnet.inference.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.WeightOpening;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.model.Tales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestBuilderTest {
    @TempDir
    private Path directory = Path.of("");

    private ModelManifest manifest(Path file) throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return ManifestBuilder.of(gguf, "test");
        }
    }

    private Path random(long seed) throws IOException {
        Path file = directory.resolve("model" + seed + ".gguf");
        RandomModel.tiny(WeightFormat.Q8_0).write(file, seed);
        return file;
    }

    @Test
    void theEmbeddedModelHasAKnownManifest() throws IOException {
        try (GgufFile gguf = Tales.open()) {
            ModelManifest manifest = ManifestBuilder.of(gguf, "hearth-tales");
            assertEquals(
                    ModelManifest.Shape.plain(6, 256, 8, 4, 32, 704, 512, 4096, 1e-5f, 10_000f, 4095),
                    manifest.shape());
            assertEquals(
                    "720f0064c8da6b673781c0bc91a9723a1fe63539dc51b97d4e7df28a04eceb94",
                    manifest.id().toHex());
        }
    }

    @Test
    void everyRowOpensToItsTensor() throws IOException {
        try (GgufFile gguf = GgufFile.open(random(1))) {
            ModelManifest manifest = ManifestBuilder.of(gguf, "test");
            assertEquals(gguf.tensors().size(), manifest.tensors().size());
            WeightRows rows = new WeightRows(gguf);
            for (GgufTensor tensor : gguf.tensors()) {
                ModelManifest.Tensor known = manifest.tensor(tensor.name()).orElseThrow();
                for (int row : List.of(0, tensor.rows() / 2, tensor.rows() - 1)) {
                    WeightOpening opening = rows.open(tensor.name(), row);
                    var leaf = Commitments.weightRow(row, opening.row().toArray());
                    assertTrue(MerkleTree.verify(known.root(), known.rows(), row, leaf, opening.path()), known.name());
                }
            }
            assertThrows(IllegalArgumentException.class, () -> rows.open("blk.99.attn_q.weight", 0));
            assertThrows(IndexOutOfBoundsException.class, () -> rows.open("output.weight", RandomModel.VOCABULARY));
        }
    }

    @Test
    void anyWeightAndAnyTokenChangesTheManifest() throws IOException {
        Path file = random(2);
        ModelManifest before = manifest(file);
        assertEquals(before.id(), manifest(file).id());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 64] ^= 1;
        Path weight = Files.write(directory.resolve("weight.gguf"), bytes);
        assertNotEquals(before.id(), manifest(weight).id());
        assertEquals(before.tokenizer(), manifest(weight).tokenizer());
        String text = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        String other = text.replace("<|end|>", "<|END|>");
        assertNotEquals(text, other);
        Path token = Files.write(
                directory.resolve("token.gguf"), other.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertNotEquals(before.tokenizer(), manifest(token).tokenizer());
        assertEquals(before.tensors(), manifest(token).tensors());
    }
}
