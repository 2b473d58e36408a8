package org.hearthnet.verifier.model;

import java.util.Random;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/**
 * One wrong bit pattern: element {@code element} of {@code operation} at (layer, position) has {@code flip} XORed into its
 * bits; of a token it is added instead, modulo the vocabulary.
 */
public record Fault(OperationKind operation, int layer, int position, int element, int flip) {
    /** No fault. */
    public static final Fault NONE = new Fault(OperationKind.EMBED, -1, -1, 0, 0);

    /** A fault anywhere in a stage that executes {@code positions} positions. */
    public static Fault random(Random random, Shape shape, LayerSpan span, int prompt, int positions) {
        boolean last = span.to() == shape.layers();
        if (span.from() == 0 && random.nextInt(8) == 0) {
            // Only one layer has an embedding, so chance alone would rarely pick it.
            int element = random.nextInt(shape.hidden());
            return new Fault(OperationKind.EMBED, 0, random.nextInt(positions), element, Integer.MIN_VALUE);
        }
        int layer = random.nextInt(span.from(), last ? span.to() + 1 : span.to());
        boolean head = layer == shape.layers();
        int position = random.nextInt(head ? prompt - 1 : 0, positions);
        var operations = new java.util.ArrayList<>(OperationVectors.of(shape, layer));
        if (head) {
            operations.add(OperationKind.SAMPLE);
        }
        return in(random, shape, operations.get(random.nextInt(operations.size())), layer, position);
    }

    /** A fault in an element of this operation. */
    public static Fault in(Random random, Shape shape, OperationKind operation, int layer, int position) {
        int element = random.nextInt((int) OperationVectors.elements(operation, shape, position));
        // Mantissa and sign only: a wrong exponent can end in poison, where a liar would have to stop like everybody.
        int flip = operation == OperationKind.SAMPLE
                ? 1 + random.nextInt(shape.vocabulary() - 1)
                : random.nextInt(4) == 0 ? Integer.MIN_VALUE : 1 << random.nextInt(23);
        return new Fault(operation, layer, position, element, flip);
    }

    boolean isAt(OperationKind kind, int atLayer, int atPosition) {
        return kind == operation && layer == atLayer && position == atPosition;
    }

    /** The wrong value of {@code value}; keys and values are cached as fp16 and go wrong there. */
    float apply(float value) {
        if (OperationVectors.elementBytes(operation) == Short.BYTES) {
            int bits =
                    Float.floatToFloat16(value) ^ (flip < 0 ? 0x8000 : 1 << (Integer.numberOfTrailingZeros(flip) % 10));
            return Float.float16ToFloat((short) bits);
        }
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ flip);
    }
}
