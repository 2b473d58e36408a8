package org.hearthnet.node.chain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.store.PastReader;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.node.chain.SyncMessages.Blocks;
import org.hearthnet.node.chain.SyncMessages.Hello;
import org.hearthnet.node.chain.SyncMessages.NoState;
import org.hearthnet.node.chain.SyncMessages.Piece;
import org.hearthnet.node.chain.SyncMessages.Prove;
import org.hearthnet.node.chain.SyncMessages.Proven;
import org.hearthnet.node.chain.SyncMessages.Range;
import org.hearthnet.node.chain.SyncMessages.Refusal;
import org.hearthnet.node.chain.SyncMessages.Request;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.chain.SyncMessages.StateFrom;
import org.hearthnet.node.chain.SyncMessages.StepOf;
import org.hearthnet.node.chain.SyncMessages.Steps;
import org.hearthnet.node.chain.SyncMessages.Tip;
import org.hearthnet.node.chain.SyncMessages.Trust;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.RequestResponse;

/** Answers greetings and questions for blocks. */
final class SyncServer implements AutoCloseable {
    private static final ProtocolLimits STREAMS = new ProtocolLimits(4, 64);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final double REQUESTS_PER_SECOND = 20;
    private static final double BURST = 60;

    /** Answers with records of the state under way at one time. */
    private static final int MAX_PIECES = 2;

    private final Host host;
    private final Replica replica;
    private final Hash32 network;
    private final Follower follower;
    private final PeerPolicy policy;
    private final Semaphore pieces = new Semaphore(MAX_PIECES);
    private final RateLimiter rates = new RateLimiter(REQUESTS_PER_SECOND, BURST, System::currentTimeMillis);

    SyncServer(Host host, Replica replica, Hash32 network, Follower follower, PeerPolicy policy) {
        this.host = host;
        this.replica = replica;
        this.network = network;
        this.follower = follower;
        this.policy = policy;
    }

    static String protocol(Hash32 network) {
        return Peers.protocol(network, "sync/1");
    }

    void start() {
        RequestResponse.serve(host, protocol(network), STREAMS, SyncMessages.MAX_REQUEST_BYTES, TIMEOUT, this::answer);
    }

    private byte[] answer(PeerId peer, byte[] bytes) throws P2pException {
        Response response = rates.tryAcquire(peer) ? respond(peer, bytes) : new Refusal("too many requests");
        return SyncMessages.RESPONSE.encode(response);
    }

    private Response respond(PeerId peer, byte[] bytes) throws P2pException {
        Request request;
        try {
            request = SyncMessages.REQUEST.decode(bytes);
        } catch (CodecException e) {
            policy.punish(peer, "malformed question: " + e.getMessage());
            throw P2pException.protocol("malformed question");
        }
        return switch (request) {
            case Hello hello -> {
                follower.seeTip(peer, hello.network(), hello.tip());
                yield new Tip(network, replica.tip());
            }
            case Range range -> {
                if (range.from() < 1 || range.count() < 1 || range.count() > SyncMessages.MAX_BLOCKS) {
                    policy.punish(peer, "asked for " + range.count() + " blocks from " + range.from());
                    throw P2pException.protocol("no such range");
                }
                yield new Blocks(replica.blocks(range.from(), range.count(), SyncMessages.TARGET_BYTES));
            }
            case Prove prove -> new Proven(replica.prove(prove.key()));
            case StateFrom wanted -> {
                if (!wanted.within().contains(wanted.from())) {
                    policy.punish(peer, "asked for a state that cannot be");
                    throw P2pException.protocol("no such range");
                }
                yield state(wanted);
            }
            case StepOf of -> new Trust(replica.step(of.block()).stream().toList());
            case Steps steps -> {
                if (steps.from() < 0
                        || steps.stride() < 1
                        || steps.count() < 1
                        || steps.count() > SyncMessages.MAX_STEPS
                        || steps.from() > Long.MAX_VALUE - steps.stride() * SyncMessages.MAX_STEPS
                        || steps.stride() > Integer.MAX_VALUE) {
                    policy.punish(peer, "asked for headers that cannot be");
                    throw P2pException.protocol("no such headers");
                }
                yield new Trust(steps(replica, steps));
            }
        };
    }

    /** Reading thousands of records costs more than any other answer, so few are made at one time. */
    private Response state(StateFrom wanted) {
        if (!pieces.tryAcquire()) {
            return new Refusal("busy: ask again");
        }
        try {
            PastReader.ProvenRange found =
                    replica.state(wanted.block(), wanted.from(), wanted.within(), SyncMessages.PIECE_BYTES);
            return new Piece(found.range(), found.records(), found.proof());
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.GONE) {
                throw e;
            }
            return new NoState(replica.oldestState(), replica.height());
        } finally {
            pieces.release();
        }
    }

    /** As many of the headers that are asked for as there are. */
    static List<TrustStep> steps(Replica replica, Steps steps) {
        return LongStream.range(0, steps.count())
                .mapToObj(i -> replica.step(steps.from() + i * steps.stride()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        host.unhandle(protocol(network));
    }
}
