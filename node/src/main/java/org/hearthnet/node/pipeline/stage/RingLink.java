package org.hearthnet.node.pipeline.stage;

import java.io.IOException;
import java.util.function.Consumer;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.pipeline.wire.Peers;
import org.hearthnet.node.pipeline.wire.Protocols;
import org.hearthnet.node.pipeline.wire.RecordStream;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.jspecify.annotations.Nullable;

/** The stream to the next stage, opened with the first frame: by then the client knows that all stages are ready. */
final class RingLink implements AutoCloseable {
    private final Host host;
    private final StageContext context;
    private final StageTimes times;
    private final Consumer<StageEvent> mailbox;
    private @Nullable RecordStream<RingMessage, RingMessage> stream;

    RingLink(Host host, StageContext context, StageTimes times, Consumer<StageEvent> mailbox) {
        this.host = host;
        this.context = context;
        this.times = times;
        this.mailbox = mailbox;
    }

    void send(RingMessage message) throws IOException {
        if (stream == null) {
            stream = open();
        }
        stream.send(message, Deadline.in(times.send()));
    }

    private RecordStream<RingMessage, RingMessage> open() throws IOException {
        Stage next = context.assignment().stages().get(context.downstream());
        PeerId peer = Peers.peer(next.executor());
        host.addressBook().add(peer, Peers.addresses(next.addresses()));
        Deadline deadline = Deadline.in(times.send());
        var opened = RecordStream.ring(host.openStream(peer, Protocols.ring(context.network()), deadline));
        opened.send(new RingMessage.Join(context.job(), context.downstream()), deadline);
        Thread.ofVirtual().name("ring-acks-" + context.job().shortHex()).start(() -> readAcks(opened));
        return opened;
    }

    private void readAcks(RecordStream<RingMessage, RingMessage> opened) {
        try {
            for (RingMessage m = opened.receive(Deadline.never()); m != null; m = opened.receive(Deadline.never())) {
                mailbox.accept(
                        m instanceof RingMessage.Ack ack
                                ? new StageEvent.Acknowledged(ack)
                                : new StageEvent.Lost(
                                        context.downstream(), "stage " + context.downstream() + " sent frames back"));
            }
            mailbox.accept(new StageEvent.Lost(context.downstream(), "stage " + context.downstream() + " hung up"));
        } catch (IOException e) {
            mailbox.accept(new StageEvent.Lost(
                    context.downstream(), "stage " + context.downstream() + " is lost: " + e.getMessage()));
        }
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }
}
