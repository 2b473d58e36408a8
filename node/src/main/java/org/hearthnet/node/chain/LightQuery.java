package org.hearthnet.node.chain;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.light.LightClient;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.light.ProvenRecord;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.node.chain.SyncMessages.Proven;
import org.hearthnet.node.chain.SyncMessages.Request;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.RequestResponse;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;

/** Asks one peer, whom nobody trusts, for a record of the state and checks the answer as a light client. */
public final class LightQuery implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChainSpec spec;
    private final Libp2pHost host;
    private final PeerId peer;

    private LightQuery(ChainSpec spec, Libp2pHost host, PeerId peer) {
        this.spec = spec;
        this.host = host;
        this.peer = peer;
    }

    /**
     * What was proven.
     *
     * @param value the record, or nothing if there is none
     * @param record with its proof
     * @param steps headers that were checked on the way to the record's committee
     */
    public record Answer(Optional<Bytes> value, ProvenRecord record, int steps) {}

    /**
     * Connects with a peer, by a key that is thrown away afterwards.
     *
     * @param address with the peer's id
     * @throws IOException if it cannot be reached
     */
    public static LightQuery connect(ChainSpec spec, Multiaddr address) throws IOException {
        KeyPair key = KeyPair.generate(new SecureRandom());
        Libp2pHost host = Libp2pHost.start(HostConfig.of(Peers.identity(key), List.of()));
        try {
            host.dial(address, Deadline.in(PATIENCE));
            return new LightQuery(spec, host, address.peer().orElseThrow());
        } catch (P2pException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /**
     * Proves a record.
     *
     * @param checkpoint hash of a block to trust; the genesis file is trusted if there is none
     * @param nowMs this machine's clock
     * @throws LightException if the peer lies, or if what is trusted is too old to be safe
     * @throws IOException if the peer does not answer
     */
    public Answer prove(Bytes key, Optional<Hash32> checkpoint, long nowMs) throws IOException {
        ProvenRecord record = switch (ask(new SyncMessages.Prove(key))) {
            case Proven proven -> proven.record();
            case Response other -> throw refused(other);
        };
        LightClient client = checkpoint.isPresent()
                ? LightClient.fromCheckpoint(spec, checkpoint.get(), step(new SyncMessages.StepOf(checkpoint.get())))
                : LightClient.fromGenesis(spec);
        WeakSubjectivity.require(spec, client.trustedTimeMs(), nowMs);
        int steps = 0;
        while (!client.canCheck(record.header().height())) {
            if (record.header().height() < client.nextHeight()) {
                throw new LightException("the peer's last block is from before the checkpoint");
            }
            for (TrustStep step : steps(client)) {
                client.advance(step);
                steps++;
            }
        }
        return new Answer(client.verify(record, key), record, steps);
    }

    private List<TrustStep> steps(LightClient client) throws IOException {
        long stride = 2L * spec.parameters().epochBlocks();
        List<TrustStep> steps = trust(new SyncMessages.Steps(client.nextHeight(), stride, SyncMessages.MAX_STEPS));
        if (steps.isEmpty()) {
            throw new LightException("the peer does not show the headers that lead to its last block");
        }
        return steps;
    }

    private TrustStep step(Request request) throws IOException {
        List<TrustStep> steps = trust(request);
        if (steps.size() != 1) {
            throw new LightException("the peer does not know the checkpoint");
        }
        return steps.getFirst();
    }

    private List<TrustStep> trust(Request request) throws IOException {
        return switch (ask(request)) {
            case SyncMessages.Trust trust -> trust.steps();
            case Response other -> throw refused(other);
        };
    }

    private static IOException refused(Response other) {
        return other instanceof SyncMessages.Refusal refusal
                ? new IOException("the peer refuses: " + refusal.reason())
                : new IOException("the peer answers something else");
    }

    private Response ask(Request request) throws IOException {
        byte[] answer = RequestResponse.call(
                host,
                peer,
                SyncServer.protocol(spec.id()),
                SyncMessages.REQUEST.encode(request),
                SyncMessages.MAX_RESPONSE_BYTES,
                Deadline.in(PATIENCE));
        try {
            return SyncMessages.RESPONSE.decode(answer);
        } catch (CodecException e) {
            throw new LightException("the peer's answer is malformed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
