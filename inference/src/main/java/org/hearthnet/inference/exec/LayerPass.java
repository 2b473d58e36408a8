package org.hearthnet.inference.exec;

import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.inference.exec.Split.Part;
import org.hearthnet.inference.kernel.Activations;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.Positions;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.kernel.RopeTable;
import org.jspecify.annotations.Nullable;

/** Runs the rows of one pass through layers: the operations in the order of {@link OperationKind}. */
final class LayerPass {
    private final ModelConfig config;
    private final Kernel kernel;
    private final RopeTable rope;
    private final Workspace buffers;
    private final Rows rows;
    private final RowTrace trace;
    private final Positions positions;
    private final ResidualFilter filter;
    private final Split split;
    private Optional<DeviceArray> output = Optional.empty();

    LayerPass(
            ModelConfig config,
            Kernel kernel,
            RopeTable rope,
            Workspace buffers,
            Rows rows,
            RowTrace trace,
            ResidualFilter filter,
            Split split) {
        this.filter = filter;
        this.split = split;
        this.config = config;
        this.kernel = kernel;
        this.rope = rope;
        this.buffers = buffers;
        this.rows = rows;
        this.trace = trace;
        this.positions = new Positions(rows.positions());
    }

    /** One layer on {@link Workspace#x}, in place. */
    void run(int layer, LayerWeights weights, boolean lastOfStage) {
        KvLayer[] caches = new KvLayer[rows.count()];
        for (int r = 0; r < caches.length; r++) {
            caches[r] = rows.step(r).sequence().layer(layer);
        }
        int hidden = split.slice(Part.HIDDEN).size();
        int width = rows.count() * hidden;
        float[] before = filter == ResidualFilter.NONE ? new float[0] : buffers.x.read(width);
        project(layer, weights);
        attend(layer, caches);
        kernel.matmul(
                weights.attentionOut(),
                split.whole(Part.QUERIES, buffers.mix, rows.count(), weights.attentionOut()),
                buffers.projected);
        trace.operation(OperationKind.ATTN_OUT, layer, buffers.projected, hidden);
        kernel.add(buffers.x, buffers.projected, buffers.x, width);
        trace.operation(OperationKind.RESIDUAL_MID, layer, buffers.x, hidden);
        if (lastOfStage && isObserved()) {
            complete().ifPresent(x -> trace.innerResidual(layer, x, config.hidden()));
        }
        feedForward(layer, weights);
        kernel.add(buffers.x, buffers.projected, buffers.x, width);
        if (filter != ResidualFilter.NONE) {
            disturb(layer, before);
        }
        trace.operation(OperationKind.RESIDUAL_OUT, layer, buffers.x, hidden);
        if (isObserved() && (lastOfStage || split.observesLayers())) {
            output = complete();
            output.ifPresent(x -> trace.residual(layer, x, config.hidden()));
        }
    }

    /** Whether somebody may observe the pass: the members of a group cannot know of the others whether they do. */
    private boolean isObserved() {
        return trace.isOn() || !split.observesLayers();
    }

    private Optional<DeviceArray> complete() {
        return split.complete(Part.HIDDEN, buffers.x, rows.count());
    }

    /** The residual stream behind the last layer [rows][hidden]; nothing if it is another member's to give. */
    Optional<DeviceArray> output() {
        return isObserved() ? output : complete();
    }

    private void disturb(int layer, float[] before) {
        float[] after = buffers.x.read(before.length);
        for (int r = 0; r < rows.count(); r++) {
            filter.apply(layer, rows.position(r), before, after, r * config.hidden(), config.hidden());
        }
        buffers.x.write(0, after, 0, after.length);
    }

    private void project(int layer, LayerWeights weights) {
        AttentionShape shape = split.attention();
        Activations normed = norm(weights.attentionNorm(), weights.query(), weights.key(), weights.value());
        trace.operation(OperationKind.ATTN_NORM, layer, buffers.normed, config.hidden());
        kernel.matmul(weights.query(), normed, buffers.queries);
        addBias(buffers.queries, weights.queryBias());
        trace.operation(OperationKind.Q, layer, buffers.queries, shape.queryWidth());
        kernel.matmul(weights.key(), normed, buffers.keys);
        addBias(buffers.keys, weights.keyBias());
        trace.operation(OperationKind.K, layer, buffers.keys, shape.kvWidth());
        kernel.matmul(weights.value(), normed, buffers.values);
        addBias(buffers.values, weights.valueBias());
        trace.operation(OperationKind.V, layer, buffers.values, shape.kvWidth());
        headNorms(layer, OperationKind.Q_NORM, buffers.queries, shape.heads(), weights.queryNorm());
        headNorms(layer, OperationKind.K_NORM, buffers.keys, shape.kvHeads(), weights.keyNorm());
        kernel.rope(buffers.queries, shape.heads(), shape.headDim(), rope, positions);
        trace.operation(OperationKind.Q_ROPE, layer, buffers.queries, shape.queryWidth());
        kernel.rope(buffers.keys, shape.kvHeads(), shape.headDim(), rope, positions);
    }

    private void addBias(DeviceArray x, @Nullable DeviceArray bias) {
        if (bias != null) {
            kernel.addBias(x, rows.count(), bias);
        }
    }

    private void headNorms(int layer, OperationKind kind, DeviceArray x, int heads, @Nullable DeviceArray weight) {
        if (weight != null) {
            int headDim = split.attention().headDim();
            kernel.rmsNorm(x, rows.count() * heads, headDim, weight, config.epsilon(), x);
            trace.operation(kind, layer, x, heads * headDim);
        }
    }

    private void attend(int layer, KvLayer[] caches) {
        AttentionShape shape = split.attention();
        kernel.store(caches, positions, buffers.keys, buffers.values);
        trace.cached(layer, caches);
        kernel.attention(shape, buffers.queries, caches, positions, buffers.mix);
        trace.attention(layer, shape, buffers.queries, caches);
        trace.operation(OperationKind.ATTN_MIX, layer, buffers.mix, shape.queryWidth());
    }

    private void feedForward(int layer, LayerWeights weights) {
        int width = split.slice(Part.FEED_FORWARD).size();
        Activations normed = norm(weights.feedForwardNorm(), weights.gate(), weights.up());
        trace.operation(OperationKind.FFN_NORM, layer, buffers.normed, config.hidden());
        kernel.matmul(weights.gate(), normed, buffers.gate);
        trace.operation(OperationKind.GATE, layer, buffers.gate, width);
        kernel.matmul(weights.up(), normed, buffers.up);
        trace.operation(OperationKind.UP, layer, buffers.up, width);
        kernel.gated(buffers.gate, buffers.up, buffers.gate, rows.count() * width);
        trace.operation(OperationKind.ACT, layer, buffers.gate, width);
        kernel.matmul(
                weights.down(),
                split.whole(Part.FEED_FORWARD, buffers.gate, rows.count(), weights.down()),
                buffers.projected);
        trace.operation(OperationKind.DOWN, layer, buffers.projected, config.hidden());
    }

    private Activations norm(DeviceArray weight, PreparedMatrix... readers) {
        return split.norm(buffers.x, rows.count(), weight, buffers.normed, readers);
    }
}
