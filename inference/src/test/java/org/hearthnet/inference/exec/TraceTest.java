package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.trace.OperationPlace;
import org.hearthnet.inference.trace.TraceSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is observed is what was computed, and observing changes nothing. */
class TraceTest {
    private static final long SEED = 5;
    private static final RandomModel SHAPE = RandomModel.tiny(WeightFormat.Q8_0);

    @TempDir
    private Path directory;

    /** Keeps everything. */
    private static final class Recorder implements TraceSink {
        final Map<String, float[]> residuals = new TreeMap<>();
        final Map<String, float[]> inner = new TreeMap<>();
        final Map<String, short[]> keys = new TreeMap<>();
        final Map<String, short[]> values = new TreeMap<>();
        final EnumMap<OperationKind, float[]> operations = new EnumMap<>(OperationKind.class);
        private final Optional<OperationPlace> place;

        Recorder(OperationPlace place) {
            this.place = Optional.of(place);
        }

        @Override
        public void residual(int layer, int position, float[] x, int offset, int length) {
            residuals.put(layer + "/" + position, Arrays.copyOfRange(x, offset, offset + length));
        }

        @Override
        public void innerResidual(int layer, int position, float[] x, int offset, int length) {
            inner.put(layer + "/" + position, Arrays.copyOfRange(x, offset, offset + length));
        }

        @Override
        public boolean wantsCache() {
            return true;
        }

        @Override
        public void cached(int layer, int position, short[] k, short[] v) {
            keys.put(layer + "/" + position, k);
            values.put(layer + "/" + position, v);
        }

        @Override
        public Optional<OperationPlace> place() {
            return place;
        }

        @Override
        public void operation(OperationKind kind, int layer, int position, float[] x) {
            assertEquals(place, Optional.of(new OperationPlace(layer, position)));
            operations.put(kind, x);
        }
    }

    private Recorder record(OperationPlace place, int most) throws IOException {
        System.out.println("seed " + SEED);
        Path path = directory.resolve("model.gguf");
        SHAPE.write(path, SEED);
        Random random = new Random(SEED);
        int[] tokens = Runs.tokens(30, RandomModel.VOCABULARY, random);
        try (GgufFile file = GgufFile.open(path);
                Kernel kernel = new VectorKernel(2)) {
            StageExecutor model = Runs.whole(file, kernel);
            var recorder = new Recorder(place);
            assertArrayEquals(Runs.atOnce(model, tokens), Runs.inPieces(model, tokens, most, random, recorder));
            return recorder;
        }
    }

    @Test
    void everyLayerAndPositionIsSeen() throws IOException {
        Recorder recorder = record(new OperationPlace(1, 12), 9);
        assertEquals(3 * 30, recorder.residuals.size());
        assertEquals(30, recorder.inner.size());
        assertEquals(3 * 30, recorder.keys.size());
        assertEquals(3 * 30, recorder.values.size());
        assertEquals(SHAPE.kvHeads() * SHAPE.headDim(), Objects.requireNonNull(recorder.keys.get("2/29")).length);
        assertArrayEquals(recorder.residuals.get("1/12"), recorder.operations.get(OperationKind.RESIDUAL_OUT));
    }

    @Test
    void decodeAndPrefillLeaveTheSameTrace() throws IOException {
        for (OperationPlace place : new OperationPlace[] {new OperationPlace(2, 20), new OperationPlace(3, 29)}) {
            Recorder decode = record(place, 1);
            Recorder prefill = record(place, 30);
            decode.residuals.forEach((at, x) -> assertArrayEquals(x, prefill.residuals.get(at), at));
            decode.inner.forEach((at, x) -> assertArrayEquals(x, prefill.inner.get(at), at));
            decode.keys.forEach((at, x) -> assertArrayEquals(x, prefill.keys.get(at), at));
            decode.operations.forEach((kind, x) -> assertArrayEquals(x, prefill.operations.get(kind), kind.name()));
            assertEquals(decode.operations.keySet(), prefill.operations.keySet());
        }
    }

    @Test
    void allOperationsOfAPlaceAreSeenWithTheirShapes() throws IOException {
        Set<OperationKind> inLayer = EnumSet.range(OperationKind.ATTN_NORM, OperationKind.RESIDUAL_OUT);
        inLayer.removeAll(Set.of(OperationKind.Q_NORM, OperationKind.K_NORM));
        assertEquals(inLayer, record(new OperationPlace(1, 12), 4).operations.keySet());
        Recorder first = record(new OperationPlace(0, 12), 4);
        inLayer.add(OperationKind.EMBED);
        assertEquals(inLayer, first.operations.keySet());
        assertEquals(
                SHAPE.heads() * 13, Objects.requireNonNull(first.operations.get(OperationKind.ATTN_SCORES)).length);
        assertEquals(SHAPE.feedForward(), Objects.requireNonNull(first.operations.get(OperationKind.ACT)).length);
        Recorder head = record(new OperationPlace(3, 12), 4);
        assertEquals(EnumSet.of(OperationKind.OUT_NORM, OperationKind.LOGITS), head.operations.keySet());
        assertEquals(RandomModel.VOCABULARY, Objects.requireNonNull(head.operations.get(OperationKind.LOGITS)).length);
    }

    /** Every element of every operation, recomputed alone from its operands as the ledger would. */
    @Test
    void singleOperationsRecomputeToTheTrace() throws IOException {
        Recorder recorder = record(new OperationPlace(1, 12), 30);
        try (GgufFile file = GgufFile.open(directory.resolve("model.gguf"))) {
            new Recomputation(
                            file,
                            1,
                            12,
                            recorder.residuals.get("0/12"),
                            recorder.operations,
                            recorder.keys,
                            recorder.values)
                    .checkAll();
        }
    }
}
