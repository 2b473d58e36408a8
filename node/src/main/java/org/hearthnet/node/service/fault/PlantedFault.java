package org.hearthnet.node.service.fault;

import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.inference.exec.ResidualFilter;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.node.pipeline.stage.ModelEngine;
import org.hearthnet.node.pipeline.stage.StageEngine;
import org.hearthnet.verifier.dispute.StageTrace;

/**
 * One node's fault. Where it strikes follows from the node's secret key, so that nobody can foresee it, while the node
 * itself does the same again when it defends what it did.
 */
public final class PlantedFault {
    private static final String DOMAIN = "hearth/planted-fault/1";

    /** Bits of a float that leave it finite and of the same size: its mantissa. */
    private static final int MANTISSA_BITS = 23;

    private final Fault fault;
    private final byte[] secret;

    /** The fault of {@code key}'s node. */
    public PlantedFault(Fault fault, KeyPair key) {
        this.fault = fault;
        this.secret = key.seed();
    }

    /** What it is. */
    public Fault fault() {
        return fault;
    }

    /** The hash that decides about a place. */
    private Hash32 hash(Hash32 job, int layer, int position) {
        return Hashing.in(DOMAIN).add(secret).add(job).add(layer).add(position).finish();
    }

    private boolean hits(Hash32 hash) {
        return (hash.a() >>> 11) * 0x1p-53 < fault.share();
    }

    /** Whether a layer's output at a position of a job is wrong. */
    public boolean strikes(Hash32 job, int layer, int position) {
        return changesLayers() && hits(hash(job, layer, position));
    }

    private boolean changesLayers() {
        return fault.kind() == Fault.Kind.SKIP_LAYER || fault.kind() == Fault.Kind.FLIP_BIT;
    }

    /** Whether another token is sent than the one drawn at a position. */
    public boolean liesAt(Hash32 job, int position) {
        return fault.kind() == Fault.Kind.WRONG_TOKEN && hits(hash(job, -1, position));
    }

    /** What is sent at {@code position} in place of {@code drawn}. Never the end token, after which nothing is to be sent. */
    public int token(Hash32 job, int position, int drawn, Shape shape) {
        if (!liesAt(job, position)) {
            return drawn;
        }
        int other = drawn;
        do {
            other = (other + 1) % shape.vocabulary();
        } while (shape.ends(other));
        return other;
    }

    /** Whether the inputs of {@code duty} are withheld. */
    public boolean withholds(Hash32 duty) {
        return fault.kind() == Fault.Kind.NO_SERVE && hits(hash(duty, -2, 0));
    }

    /** What is done to the residual stream of {@code job}. */
    public ResidualFilter filter(Hash32 job) {
        return switch (fault.kind()) {
            case SKIP_LAYER ->
                (layer, position, in, out, offset, length) -> {
                    if (strikes(job, layer, position)) {
                        System.arraycopy(in, offset, out, offset, length);
                    }
                };
            case FLIP_BIT ->
                (layer, position, in, out, offset, length) -> {
                    Hash32 hash = hash(job, layer, position);
                    if (hits(hash)) {
                        flip(hash, out, offset, length);
                    }
                };
            case WRONG_TOKEN, NO_SERVE -> ResidualFilter.NONE;
        };
    }

    private static void flip(Hash32 hash, float[] out, int offset, int length) {
        int at = offset + (int) Long.remainderUnsigned(hash.b(), length);
        int bit = (int) Long.remainderUnsigned(hash.c(), MANTISSA_BITS);
        out[at] = Float.intBitsToFloat(Float.floatToRawIntBits(out[at]) ^ (1 << bit));
    }

    /** What runs the stages of jobs. */
    public StageExecutor executor(StageExecutor loaded, Assignment assignment, int stage) {
        return changesLayers() ? loaded.withFault(filter(assignment.id())) : loaded;
    }

    /** {@link #executor} for an engine. */
    public ModelEngine.Variant variant() {
        return this::executor;
    }

    /** {@code engine} with another token sent now and then. */
    public StageEngine disturb(StageEngine engine) {
        return fault.kind() == Fault.Kind.WRONG_TOKEN ? new LyingEngine(engine, this) : engine;
    }

    /** What is shown in a dispute in place of an honest trace: what was sent. */
    public StageTrace shown(StageTrace trace, ModelManifest.Shape shape) {
        return fault.kind() == Fault.Kind.WRONG_TOKEN && trace.inputs().isLast()
                ? new LyingTrace(trace, shape, this)
                : trace;
    }
}
