package org.hearthnet.verifier.dispute;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.inference.trace.OperationPlace;
import org.hearthnet.inference.trace.TraceSink;

/** Keeps the results of all operations at one place, and what entered it. */
final class PlaceSink implements TraceSink {
    private final OperationPlace place;
    private final Map<OperationKind, byte[]> vectors = new EnumMap<>(OperationKind.class);
    private byte[] input = new byte[0];

    PlaceSink(OperationPlace place) {
        this.place = place;
    }

    boolean isAt(int layer, int position) {
        return place.layer() == layer && place.position() == position;
    }

    @Override
    public Optional<OperationPlace> place() {
        return Optional.of(place);
    }

    @Override
    public void residual(int layer, int position, float[] values, int offset, int length) {
        if (layer == place.layer() - 1 && position == place.position()) {
            input = VectorRoot.bytes(values, offset, length);
        }
    }

    @Override
    public void operation(OperationKind kind, int layer, int position, float[] values) {
        vectors.put(kind, encode(kind, values));
    }

    private static byte[] encode(OperationKind kind, float[] values) {
        if (OperationVectors.elementBytes(kind) == Float.BYTES) {
            return VectorRoot.bytes(values, 0, values.length);
        }
        short[] halves = new short[values.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = Float.floatToFloat16(values[i]); // exact: the value came from sixteen bits
        }
        return LeafSink.bytes(halves);
    }

    byte[] vector(OperationKind kind) {
        byte[] vector = vectors.get(kind);
        if (vector == null) {
            throw new IllegalArgumentException(kind + " is no operation of " + place);
        }
        return vector;
    }

    /** The residual stream that enters the place; of layer 0 the embedding. */
    byte[] input() {
        return place.layer() == 0 ? vector(OperationKind.EMBED) : input;
    }
}
