package org.hearthnet.verifier.dispute;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.LayerLeaf;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.inference.trace.TraceSink;
import org.jspecify.annotations.Nullable;

/** Keeps the roots of everything that leaves of layers are made of. */
final class LeafSink implements TraceSink {
    private final LayerSpan span;
    private final int kvChunk;
    private final @Nullable Hash32[][] residuals;
    private final @Nullable Hash32[][] keys;
    private final @Nullable Hash32[][] values;
    private final @Nullable Hash32[] middles;

    LeafSink(LayerSpan span, int headSize, int positions) {
        this.span = span;
        this.kvChunk = headSize * Short.BYTES;
        this.residuals = new Hash32[span.count()][positions];
        this.keys = new Hash32[span.count()][positions];
        this.values = new Hash32[span.count()][positions];
        this.middles = new Hash32[positions];
    }

    @Override
    public void residual(int layer, int position, float[] data, int offset, int length) {
        residuals[layer - span.from()][position] = VectorRoot.of(data, offset, length);
    }

    @Override
    public void innerResidual(int layer, int position, float[] data, int offset, int length) {
        middles[position] = VectorRoot.of(data, offset, length);
    }

    @Override
    public boolean wantsCache() {
        return true;
    }

    @Override
    public void cached(int layer, int position, short[] key, short[] value) {
        keys[layer - span.from()][position] = VectorRoot.of(bytes(key), kvChunk);
        values[layer - span.from()][position] = VectorRoot.of(bytes(value), kvChunk);
    }

    LayerLeaf leaf(int layer, int position) {
        int l = layer - span.from();
        return new LayerLeaf(known(residuals[l][position]), known(keys[l][position]), known(values[l][position]));
    }

    Hash32 middle(int position) {
        return known(middles[position]);
    }

    private static Hash32 known(@Nullable Hash32 hash) {
        return Objects.requireNonNull(hash, "the position was not executed");
    }

    static byte[] bytes(short[] halves) {
        byte[] out = new byte[halves.length * Short.BYTES];
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(halves);
        return out;
    }
}
