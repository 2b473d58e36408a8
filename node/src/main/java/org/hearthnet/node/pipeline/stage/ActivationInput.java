package org.hearthnet.node.pipeline.stage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.node.pipeline.wire.BoundaryLine;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.jspecify.annotations.Nullable;

/** Activations from the stage before. */
final class ActivationInput implements InputSide {
    /** Frames that may wait: an honest sender is never more than an interval ahead. */
    static final int MAX_WAITING = 4;

    private final StageContext context;
    private final BoundaryLine line;
    private final Deque<RingMessage.Activations> waiting = new ArrayDeque<>();
    private @Nullable Signature upstream;

    ActivationInput(StageContext context) {
        this.context = context;
        this.line = new BoundaryLine(context.network(), context.job(), context.stage());
    }

    @Override
    public void arrive(RingMessage message) throws StageFailure {
        if (!(message instanceof RingMessage.Activations frame)) {
            throw blame("sent something else than activations");
        }
        if (waiting.size() == MAX_WAITING) {
            throw blame("sent more than " + MAX_WAITING + " frames ahead");
        }
        waiting.add(frame);
    }

    @Override
    public OptionalInt ready(int executed, int paid) {
        RingMessage.Activations next = waiting.peek();
        return next == null || next.positions() > paid ? OptionalInt.empty() : OptionalInt.of(next.positions());
    }

    @Override
    public Checked take(int executed, int end) throws StageFailure {
        RingMessage.Activations frame = waiting.remove();
        int count = end - executed;
        int hidden = context.shape().hidden();
        if (count < 1 || frame.values().length() != (long) count * hidden * Float.BYTES) {
            throw blame("sent " + frame.values().length() + " bytes for positions " + executed + " to " + end);
        }
        float[] values = VectorRoot.floats(frame.values().unsafeArray());
        for (float value : values) {
            if (!Poison.isSound(value)) {
                throw blame("sent the activation " + value);
            }
        }
        line.append(leaves(values, executed, count, hidden));
        if (!line.root().equals(frame.root())) {
            throw blame("sent a frame that does not fit its root");
        }
        if (!line.verify(context.executor(context.upstream()), frame.signature())) {
            throw blame("sent a frame without a good signature");
        }
        upstream = frame.signature();
        return new Checked(new StageInput.Hidden(count, values), frame.values());
    }

    private static List<Hash32> leaves(float[] values, int from, int count, int hidden) {
        List<Hash32> out = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            out.add(Commitments.boundary(from + i, VectorRoot.of(values, i * hidden, hidden)));
        }
        return out;
    }

    private StageFailure blame(String what) {
        return new StageFailure(context.upstream(), "stage " + context.upstream() + " " + what);
    }

    @Override
    public Hash32 root() {
        return line.root();
    }

    @Override
    public Optional<Signature> upstream() {
        return Optional.ofNullable(upstream);
    }

    @Override
    public Optional<RingMessage.Ack> acknowledge() {
        return Optional.of(new RingMessage.Ack(line.positions(), line.sign(context.key())));
    }
}
