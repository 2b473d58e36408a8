package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Fault;
import org.hearthnet.verifier.model.GoldenModel;
import org.hearthnet.verifier.model.Model;
import org.hearthnet.verifier.model.ScalarStage;
import org.hearthnet.verifier.model.ScalarTrace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole models against golden traces: every result of every operation, of the scalar definitions and of the engine. */
class GoldenTraceTest {
    static List<GoldenModel> models() {
        return GoldenModel.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void scalarDefinitions(GoldenModel golden) {
        try (Model model = golden.open()) {
            StageInputs inputs = inputs(golden, model);
            var stage = new ScalarStage(model, inputs.span(), golden.sampler(), Fault.NONE);
            int[] tokens = golden.prompt();
            for (int p = 0; p < inputs.receipt().positions(); p++) {
                stage.step(tokens[p]);
                if (p >= golden.prompt().length - 1) {
                    tokens = Arrays.copyOf(tokens, p + 2);
                    tokens[p + 1] = stage.draw();
                }
            }
            assertMeets(golden, model, new ScalarTrace(model.manifest.shape(), stage, inputs, tokens));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void engine(GoldenModel golden) {
        try (Model model = golden.open()) {
            StageInputs inputs = inputs(golden, model);
            try (ExecutedTrace trace = ExecutedTrace.run(model.executor(inputs.span()), inputs, model.budget)) {
                assertMeets(golden, model, trace);
            }
        }
    }

    private static void assertMeets(GoldenModel golden, Model model, StageTrace trace) {
        assertArrayEquals(golden.tokens(), trace.tokens());
        int compared = 0;
        for (JsonNode result : golden.results()) {
            OperationKind operation =
                    OperationKind.valueOf(result.get("operation").asText());
            int layer = result.get("layer").asInt();
            int position = result.get("position").asInt();
            byte[] vector = trace.vector(operation, layer, position);
            assertEquals(
                    result.get("vector").asText(),
                    words(vector, OperationVectors.elementBytes(operation)),
                    () -> operation + " of layer " + layer + " at position " + position);
            compared++;
        }
        // Nothing is missing: all layers at all positions, and the head wherever a token was drawn.
        int layers = model.manifest.shape().layers();
        int expected = 0;
        for (int layer = 0; layer <= layers; layer++) {
            int positions = trace.tokens().length - (layer == layers ? golden.prompt().length : 1);
            expected += positions
                    * OperationVectors.of(model.manifest.shape(), layer).size();
        }
        assertEquals(expected, compared);
        assertTrue(compared > 100);
    }

    /** Little-endian elements as numbers in hexadecimal. */
    private static String words(byte[] vector, int elementBytes) {
        var out = new StringBuilder();
        for (int at = 0; at < vector.length; at += elementBytes) {
            out.append(at == 0 ? "" : " ");
            for (int i = elementBytes - 1; i >= 0; i--) {
                out.append(String.format("%02x", vector[at + i]));
            }
        }
        return out.toString();
    }

    private static StageInputs inputs(GoldenModel golden, Model model) {
        int[] prompt = golden.prompt();
        int positions = golden.tokens().length - 1;
        var span = new LayerSpan(0, model.manifest.shape().layers());
        NodeId executor = new NodeId(Hash32.ZERO);
        Assignment assignment = new Assignment(
                Hash32.ZERO,
                new NodeId(Hash32.ZERO),
                Hash32.ZERO,
                model.manifest.id(),
                model.manifest.arithmeticVersion(),
                golden.sampler(),
                prompt.length,
                golden.tokens().length - prompt.length,
                Commitments.prompt(Hash32.ZERO, prompt),
                List.of(new Stage(executor, span, 10, List.of())));
        Receipt receipt = new Receipt(
                assignment.id(),
                0,
                executor,
                positions,
                Commitments.tokenRoot(golden.tokens(), positions),
                Optional.empty(),
                Hash32.ZERO,
                Optional.empty(),
                Hash32.ZERO,
                assignment.fee(0, positions),
                assignment.layerTokens(0, positions));
        return StageInputs.first(assignment, receipt, Arrays.copyOf(golden.tokens(), positions), Hash32.ZERO);
    }
}
