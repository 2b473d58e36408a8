package org.hearthnet.node.chain;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.light.LightClient;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.light.ProvenRecord;
import org.hearthnet.node.chain.SyncMessages.Proven;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
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
        PeerQuestions questions = new PeerQuestions(host, spec.id(), peer, PATIENCE);
        ProvenRecord record = switch (questions.ask(new SyncMessages.Prove(key))) {
            case Proven proven -> proven.record();
            case Response other -> throw PeerQuestions.refused(other);
        };
        TrustWalk walk = TrustWalk.begin(spec, questions, checkpoint, nowMs);
        LightClient client = walk.to(record.header().height());
        return new Answer(client.verify(record, key), record, walk.steps(checkpoint.isPresent()));
    }

    @Override
    public void close() {
        host.close();
    }
}
