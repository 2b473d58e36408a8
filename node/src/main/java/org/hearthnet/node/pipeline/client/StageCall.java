package org.hearthnet.node.pipeline.client;

import java.io.IOException;
import java.util.function.Consumer;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.pipeline.wire.ClientMessage;
import org.hearthnet.node.pipeline.wire.Peers;
import org.hearthnet.node.pipeline.wire.RecordStream;
import org.hearthnet.node.pipeline.wire.StageMessage;

/** The client's line to one stage. Messages come on a thread of their own. */
final class StageCall implements AutoCloseable {
    private final RecordStream<StageMessage, ClientMessage> stream;

    private StageCall(RecordStream<StageMessage, ClientMessage> stream) {
        this.stream = stream;
    }

    /**
     * Calls a stage and waits until it accepts.
     *
     * @throws Refusal if it does not
     */
    static StageCall open(Host host, String protocol, Stage stage, ClientMessage.Open open, Deadline deadline)
            throws IOException, Refusal {
        PeerId peer = Peers.peer(stage.executor());
        host.addressBook().add(peer, Peers.addresses(stage.addresses()));
        var stream = RecordStream.toStage(host.openStream(peer, protocol, deadline));
        try {
            stream.send(open, deadline);
            switch (stream.receive(deadline)) {
                case StageMessage.Accepted ignored -> {
                    return new StageCall(stream);
                }
                case StageMessage.Refused refused -> throw new Refusal(refused.reason());
                case null -> throw P2pException.closed("control stream");
                case StageMessage.Progress ignored -> throw P2pException.protocol("progress before acceptance");
                case StageMessage.Ended ended ->
                    throw new Refusal(
                            ended.failure().map(StageMessage.Failure::reason).orElse("it ended before it began"));
            }
        } catch (IOException | Refusal | RuntimeException e) {
            stream.reset();
            throw e;
        }
    }

    /** A stage said no. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String reason) {
            super(reason);
        }
    }

    /**
     * Begins to read.
     *
     * @param messages takes what comes
     * @param lost told when nothing more will come
     */
    void listen(Consumer<StageMessage> messages, Runnable lost) {
        Thread.ofVirtual().name("stage-call").start(() -> {
            try {
                for (StageMessage m = stream.receive(Deadline.never());
                        m != null;
                        m = stream.receive(Deadline.never())) {
                    messages.accept(m);
                }
            } catch (IOException e) {
                // The loss itself is all there is to say.
                stream.reset();
            }
            lost.run();
        });
    }

    void send(ClientMessage message, Deadline deadline) throws IOException {
        stream.send(message, deadline);
    }

    @Override
    public void close() {
        stream.close();
    }
}
