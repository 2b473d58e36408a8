package org.hearthnet.genesis.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecJsonTest {
    @TempDir
    private Path directory;

    private static ChainSpec sample() {
        Parameters parameters = new Parameters(
                400,
                8,
                6,
                6,
                16,
                2,
                2,
                1,
                Amount.credits(50),
                3,
                50,
                10,
                800,
                100,
                250,
                1,
                Amount.credits(100),
                Amount.credits(1_000_000),
                1000,
                Amount.of(100));
        ModelManifest.Shape shape = ModelManifest.Shape.plain(6, 256, 8, 4, 32, 704, 512, 4096, 1e-5f, 10000f, 4095);
        ModelManifest manifest = new ModelManifest(
                "tales",
                "llama",
                1,
                shape,
                Hash32.ZERO,
                List.of(new ModelManifest.Tensor("token_embd.weight", "Q8_0", 4096, 256, Hash32.ZERO)));
        NodeId node = new NodeId(new Hash32(1, 2, 3, 4));
        return new ChainSpec(
                "hearthside",
                true,
                1_700_000_000_000L,
                Committee.single(KeyPair.fromSeed(new byte[32])),
                parameters,
                List.of(new ChainSpec.Allocation(node, "anna", Amount.credits(5), Amount.credits(50), 3)),
                List.of(manifest));
    }

    @Test
    void jsonAndBinaryFormsSayTheSame() throws IOException {
        Path file = directory.resolve("genesis.json");
        SpecJson.write(file, sample());
        ChainSpec read = SpecJson.read(file);
        assertEquals(sample(), read);
        assertEquals(sample().id(), read.id());
        assertEquals(
                sample(), ChainSpec.KIND.codec().decode(ChainSpec.KIND.codec().encode(sample())));
    }

    @Test
    void theNetworkIdIsFixed() {
        assertEquals(GOLDEN_ID, sample().id().toHex());
    }

    private static final String GOLDEN_ID = "a76b7e14c4422525f11ec4fc21526b3fcc4c942fdd15e838145001c37693a3d6";

    private CodecException refused(String from, String to) throws IOException {
        Path file = directory.resolve("genesis.json");
        SpecJson.write(file, sample());
        String text = Files.readString(file);
        assertTrue(text.contains(from), from);
        Files.writeString(file, text.replace(from, to));
        return assertThrows(CodecException.class, () -> SpecJson.read(file));
    }

    @Test
    void errorsNameFileLineAndField() throws IOException {
        String message =
                refused("\"epochBlocks\" : 8", "\"epochBlocks\" : \"eight\"").getMessage();
        assertTrue(
                String.valueOf(message)
                        .matches("(?s).*genesis.json, line \\d+, column .*field parameters.epochBlocks.*"),
                message);
        assertTrue(String.valueOf(
                        refused("\"epochBlocks\" : 8", "\"epochBlocks\" : 0").getMessage())
                .contains("parameters"));
        assertTrue(String.valueOf(refused("\"demo\" : true,", "").getMessage()).contains("demo"));
        assertTrue(
                String.valueOf(refused("\"demo\"", "\"surprise\" : 1, \"demo\"").getMessage())
                        .contains("surprise"));
        assertTrue(String.valueOf(
                        refused("\"balance\" : 5000000", "\"balance\" : -5").getMessage())
                .contains("negative"));
        assertTrue(String.valueOf(
                        refused("\"anna\"", "\"" + "x".repeat(33) + "\"").getMessage())
                .contains("limit of 32"));
    }

    @Test
    void damagedFilesAreRefusedOrMeanSomethingElseButNeverCrash() throws IOException {
        Path file = directory.resolve("genesis.json");
        SpecJson.write(file, sample());
        byte[] good = Files.readAllBytes(file);
        long seed = System.nanoTime();
        System.out.println("SpecJsonTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] bad = good.clone();
            if (round % 2 == 0) {
                bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
            } else {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, bad);
            try {
                SpecJson.read(file);
            } catch (CodecException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("genesis.json"), e.getMessage());
            }
        }
    }
}
