package org.hearthnet.node.service.duty;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.Stream;

/** The verifier's side: gets the inputs of a duty from its executor, and believes none of them before they are checked. */
final class InputFetcher {
    private final Host host;
    private final Hash32 network;
    private static final Duration ADDRESS_WAIT = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ModelManifest manifest;
    private final Consumer<NodeId> seek;

    /** @param seek asks where a node is reached; the answer comes into the host's address book */
    InputFetcher(Host host, Hash32 network, ModelManifest manifest, Consumer<NodeId> seek) {
        this.host = host;
        this.network = network;
        this.manifest = manifest;
        this.seek = seek;
    }

    /**
     * Fetches and checks.
     *
     * @throws UnservedException if the executor cannot be reached, refuses, or serves something else
     */
    ServedInputs fetch(Duty duty, Batch batch, Deadline deadline) throws UnservedException {
        try {
            Stream stream = host.openStream(Peers.peerId(duty.executor()), InputMessages.protocol(network), deadline);
            try {
                ServedInputs inputs = fetch(new MessageStream(stream), duty, batch, deadline);
                stream.close();
                return inputs;
            } catch (IOException | UnservedException | RuntimeException e) {
                stream.reset();
                throw e;
            }
        } catch (IOException e) {
            throw UnservedException.forNow("did not serve: " + e.getMessage());
        }
    }

    private Stream open(NodeId executor, Deadline deadline) throws IOException {
        PeerId peer = Peers.peerId(executor);
        if (host.connection(peer).isEmpty()
                && host.addressBook().addresses(peer).isEmpty()) {
            seek.accept(executor);
            awaitAddress(peer, deadline.orIn(ADDRESS_WAIT));
        }
        try {
            return host.openStream(peer, InputMessages.protocol(network), deadline);
        } catch (P2pException e) {
            seek.accept(executor); // it may have moved: the next attempt will know
            throw e;
        }
    }

    private void awaitAddress(PeerId peer, Deadline deadline) throws P2pException {
        try {
            while (host.addressBook().addresses(peer).isEmpty() && !deadline.expired()) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            throw P2pException.interrupted("waiting for an address");
        }
    }

    private ServedInputs fetch(MessageStream messages, Duty duty, Batch batch, Deadline deadline)
            throws IOException, UnservedException {
        messages.write(InputMessages.REQUEST.encode(new InputMessages.Request(duty.id())), deadline);
        messages.stream().closeWrite();
        return switch (answer(messages, deadline)) {
            case InputMessages.Refused refused -> throw UnservedException.forNow("refused: " + refused.reason());
            case InputMessages.Served served -> {
                DrawnReceipt drawn = DrawnReceipt.of(network, manifest, duty, batch, served.opening());
                int bytes = ServedInputs.activationBytes(manifest, drawn);
                if (served.activationBytes() != bytes) {
                    throw UnservedException.forNow("announced " + served.activationBytes() + " bytes of activations");
                }
                yield ServedInputs.of(manifest, drawn, served, activations(messages, bytes, deadline));
            }
        };
    }

    private static InputMessages.Answer answer(MessageStream messages, Deadline deadline) throws IOException {
        byte[] bytes = messages.read(InputMessages.MAX_ANSWER_BYTES, deadline);
        if (bytes == null) {
            throw P2pException.protocol("no answer");
        }
        try {
            return InputMessages.ANSWER.decode(bytes);
        } catch (CodecException | IllegalArgumentException | ArithmeticException e) {
            throw P2pException.protocol("an answer that is not canonical: " + e.getMessage());
        }
    }

    /** Memory is taken as bytes arrive, never on the word of a length. */
    private static byte[] activations(MessageStream messages, int total, Deadline deadline) throws IOException {
        byte[] out = new byte[Math.min(total, InputMessages.MAX_PIECE_BYTES)];
        int done = 0;
        while (done < total) {
            byte[] piece = messages.read(InputMessages.MAX_PIECE_BYTES, deadline);
            if (piece == null || piece.length == 0 || piece.length > total - done) {
                throw P2pException.protocol("activations of another length than announced");
            }
            if (done + piece.length > out.length) {
                out = Arrays.copyOf(out, (int) Math.min(total, Math.max(2L * out.length, done + piece.length)));
            }
            System.arraycopy(piece, 0, out, done, piece.length);
            done += piece.length;
        }
        return out;
    }
}
