package org.hearthnet.node.pipeline.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.node.pipeline.wire.BoundaryLine;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.jspecify.annotations.Nullable;

/** Activations for the next stage. */
final class ActivationOutput implements OutputSide {
    /** Statements whose acknowledgement may still be under way. */
    private static final int REMEMBERED = 8;

    private final StageContext context;
    private final RingLink link;
    private final BoundaryLine line;
    private final Map<Integer, BoundaryStatement> recent = new LinkedHashMap<>();
    private RingMessage.@Nullable Activations next;
    private int acknowledged;

    ActivationOutput(StageContext context, RingLink link) {
        this.context = context;
        this.link = link;
        this.line = new BoundaryLine(context.network(), context.job(), context.downstream());
    }

    @Override
    public void add(StageEngine.Frame frame, int executed) {
        List<Hash32> leaves = new ArrayList<>(frame.residuals().size());
        for (Hash32 residual : frame.residuals()) {
            leaves.add(Commitments.boundary(line.positions() + leaves.size(), residual));
        }
        line.append(leaves);
        recent.put(line.positions(), line.statement());
        if (recent.size() > REMEMBERED) {
            recent.remove(recent.keySet().iterator().next());
        }
        Bytes values = Bytes.owned(VectorRoot.bytes(frame.hidden(), 0, frame.hidden().length));
        next = new RingMessage.Activations(line.positions(), line.root(), line.sign(context.key()), values);
    }

    @Override
    public void send() throws IOException {
        if (next != null) {
            link.send(next);
            next = null;
        }
    }

    @Override
    public Hash32 root() {
        return line.root();
    }

    @Override
    public boolean accept(RingMessage.Ack ack) throws StageFailure {
        BoundaryStatement statement = recent.get(ack.positions());
        if (statement == null
                || !BoundaryStatement.KIND.verify(
                        context.network(), statement, context.executor(context.downstream()), ack.signature())) {
            throw new StageFailure(
                    context.downstream(), "stage " + context.downstream() + " acknowledged what it was not sent");
        }
        acknowledged = Math.max(acknowledged, ack.positions());
        return ack.positions() == line.positions();
    }

    @Override
    public boolean isAcknowledged() {
        return line.positions() == 0 || acknowledged == line.positions();
    }

    @Override
    public boolean complete() {
        return false;
    }
}
