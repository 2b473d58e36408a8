package org.hearthnet.genesis.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.junit.jupiter.api.Test;

class DisputeLimitsTest {
    private static final Shape TALES = Shape.plain(6, 256, 8, 4, 32, 704, 512, 4096, 1e-5f, 10_000f, 4095);
    private static final Shape TINYLLAMA = Shape.plain(22, 2048, 32, 4, 64, 5632, 2048, 32_000, 1e-5f, 10_000f, 2);
    private static final Shape LLAMA_8B = Shape.plain(32, 4096, 32, 8, 128, 14_336, 8192, 128_256, 1e-5f, 500_000f, 2);
    private static final Shape LLAMA_70B = Shape.plain(80, 8192, 64, 8, 128, 28_672, 8192, 128_256, 1e-5f, 500_000f, 2);
    private static final Shape HUGE_VOCABULARY =
            Shape.plain(32, 4096, 32, 8, 128, 14_336, 8192, 256_000, 1e-5f, 500_000f, 2);

    @Test
    void positionsThatCanBeDisputed() {
        assertEquals(4096, DisputeLimits.maxPositions(TALES));
        assertEquals(4096, DisputeLimits.maxPositions(TINYLLAMA));
        assertEquals(2406, DisputeLimits.maxPositions(LLAMA_8B));
        assertEquals(2406, DisputeLimits.maxPositions(LLAMA_70B));
        assertEquals(0, DisputeLimits.maxPositions(HUGE_VOCABULARY));
    }

    @Test
    void theLargestHonestMovesFit() {
        for (Shape shape : List.of(TALES, TINYLLAMA, LLAMA_8B, LLAMA_70B)) {
            int positions = DisputeLimits.maxPositions(shape);
            fits(mix(shape, positions));
            fits(new DisputeMove.ShowLayers(
                    Collections.nCopies(shape.layers() - 1, Hash32.ZERO),
                    Collections.nCopies(positions, new LastLayerLeaf(leaf(), Hash32.ZERO)),
                    Optional.of(new HeadOpening(
                            Hash32.ZERO,
                            Collections.nCopies(positions + 1, new HeadOpening.ShownToken(1)),
                            Collections.nCopies(positions, Hash32.ZERO)))));
            fits(new DisputeMove.ShowPositions(Collections.nCopies(positions, leaf())));
            for (OperationKind operation : OperationKind.values()) {
                int bytes = (int) OperationVectors.bytes(operation, shape, positions - 1);
                fits(new DisputeMove.ShowVector(Bytes.owned(new byte[bytes])));
            }
            Bytes operand = Bytes.owned(new byte[4 * shape.ffn()]);
            List<Hash32> path = Collections.nCopies(17, Hash32.ZERO);
            fits(new DisputeMove.Prove(new OperationEvidence.Projection(1, operand, new WeightOpening(operand, path))));
        }
    }

    private static LayerLeaf leaf() {
        return new LayerLeaf(Hash32.ZERO, Hash32.ZERO, Hash32.ZERO);
    }

    private static DisputeMove mix(Shape shape, int positions) {
        int depth = 32 - Integer.numberOfLeadingZeros(shape.kvHeads() - 1);
        var value =
                new VectorSlice(Bytes.owned(new byte[2 * shape.headSize()]), Collections.nCopies(depth, Hash32.ZERO));
        var weights = new VectorSlice(Bytes.owned(new byte[4 * positions]), Collections.nCopies(6, Hash32.ZERO));
        return new DisputeMove.Prove(new OperationEvidence.Mix(1, weights, Collections.nCopies(positions, value)));
    }

    private static void fits(DisputeMove move) {
        int length = DisputeMove.KIND.codec().encode(move).length;
        assertTrue(length <= DisputeLimits.MAX_MOVE_BYTES, () -> move.phase() + " of " + length + " bytes");
    }
}
