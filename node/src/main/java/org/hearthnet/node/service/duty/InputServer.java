package org.hearthnet.node.service.duty;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.store.StoredReceipt;
import org.hearthnet.verifier.check.StageInputs;

/**
 * The executor's side of a duty: gives the inputs of a receipt to the one verifier that the ledger drew for it, while the
 * duty is open, a limited number of times. A verifier that restarts may ask again.
 */
final class InputServer implements AutoCloseable {
    /** How often the inputs of one duty are served. */
    static final int MAX_SERVINGS = 24;

    private static final ProtocolLimits LIMITS = new ProtocolLimits(2, 8);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    /** For one message; a verifier that does not read for so long is gone. */
    private static final Duration PIECE_TIMEOUT = Duration.ofSeconds(30);

    private static final NodeLog LOG = NodeLog.of("duty");

    private final Host host;
    private final ChainService chain;
    private final JobStore store;
    private final Predicate<Hash32> withheld;
    private final Map<Hash32, Integer> servings = new HashMap<>();

    /** @param withheld duties that a planted fault does not serve */
    InputServer(Host host, ChainService chain, JobStore store, Predicate<Hash32> withheld) {
        this.host = host;
        this.chain = chain;
        this.store = store;
        this.withheld = withheld;
        host.handle(InputMessages.protocol(chain.network()), LIMITS, this::serve);
    }

    private record Drawn(Duty duty, Batch batch) {}

    private void serve(Stream stream) throws IOException {
        MessageStream messages = new MessageStream(stream);
        byte[] bytes = messages.read(InputMessages.MAX_REQUEST_BYTES, Deadline.in(REQUEST_TIMEOUT));
        if (bytes == null) {
            return;
        }
        NodeId peer = Peers.nodeId(stream.remotePeer());
        Optional<Drawn> drawn = chain.read(v -> drawn(v, request(bytes), peer));
        if (drawn.isEmpty()) {
            refuse(messages, "this duty is not open, or not yours");
            return;
        }
        Hash32 duty = drawn.get().duty.id();
        int servings = count(duty);
        if (servings > MAX_SERVINGS) {
            refuse(messages, "asked too often");
        } else if (withheld.test(duty)) {
            if (servings == 1) {
                LOG.warn("planted fault: not serving the inputs of duty %s", duty.shortHex());
            }
            refuse(messages, "not available");
        } else {
            serve(messages, drawn.get());
        }
    }

    private static Hash32 request(byte[] bytes) {
        try {
            return InputMessages.REQUEST.decode(bytes).duty();
        } catch (CodecException e) {
            return Hash32.ZERO; // no duty has that name
        }
    }

    private Optional<Drawn> drawn(LedgerView view, Hash32 id, NodeId peer) {
        return view.duty(id)
                .filter(d -> d.phase() != Duty.Phase.CLOSED)
                .filter(d ->
                        d.executor().equals(chain.account()) && d.verifier().equals(peer))
                .flatMap(d -> view.batch(d.batch()).map(b -> new Drawn(d, b)));
    }

    private synchronized int count(Hash32 duty) {
        return servings.merge(duty, 1, Integer::sum);
    }

    /** Forgets duties that are over: only open ones are asked for. */
    synchronized void retain(Predicate<Hash32> open) {
        servings.keySet().removeIf(open.negate());
    }

    private void serve(MessageStream messages, Drawn drawn) throws IOException {
        Hash32 root = drawn.batch.root().hash();
        Optional<StoredReceipt> receipt = store.receiptOf(root, drawn.duty.index());
        Optional<ReceiptOpening> opening = store.opening(root, drawn.duty.index());
        if (receipt.isEmpty() || opening.isEmpty()) {
            LOG.warn(
                    "the receipt of duty %s is not on this disk any more",
                    drawn.duty.id().shortHex());
            refuse(messages, "not available");
            return;
        }
        StageInputs inputs = store.inputs(receipt.get());
        send(messages, ServedInputs.header(opening.get(), inputs));
        byte[] activations =
                new ServedInputs(new DrawnReceipt(opening.get(), inputs.assignment()), inputs).activationBytes();
        for (int at = 0; at < activations.length; at += InputMessages.MAX_PIECE_BYTES) {
            int end = Math.min(activations.length, at + InputMessages.MAX_PIECE_BYTES);
            messages.write(java.util.Arrays.copyOfRange(activations, at, end), Deadline.in(PIECE_TIMEOUT));
        }
        LOG.info(
                "served %d positions of duty %s to verifier %s",
                inputs.receipt().positions(),
                drawn.duty.id().shortHex(),
                drawn.duty.verifier().shortHex());
    }

    private static void refuse(MessageStream messages, String reason) throws P2pException {
        send(messages, new InputMessages.Refused(reason));
    }

    private static void send(MessageStream messages, InputMessages.Answer answer) throws P2pException {
        messages.write(InputMessages.ANSWER.encode(answer), Deadline.in(PIECE_TIMEOUT));
    }

    @Override
    public void close() {
        host.unhandle(InputMessages.protocol(chain.network()));
    }
}
