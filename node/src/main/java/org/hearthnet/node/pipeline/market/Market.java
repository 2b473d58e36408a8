package org.hearthnet.node.pipeline.market;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.JobRequest;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.gossipsub.Message;
import org.hearthnet.node.p2p.gossipsub.Verdict;
import org.hearthnet.node.pipeline.LedgerPort;
import org.hearthnet.node.pipeline.wire.Peers;
import org.hearthnet.node.pipeline.wire.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * This node in the market: forwards what is sound, answers requests if it executes, collects the offers for its own. Each
 * node takes part, because a topic is only forwarded by those who know it.
 */
public final class Market implements AutoCloseable {
    /** Furthest expiry of a request, in blocks from now. */
    public static final int MAX_EXPIRY_BLOCKS = 10_000;

    /** Requests of this node that may wait for offers at once. */
    public static final int MAX_OPEN = 64;

    private static final Codec<Envelope> ENVELOPE = Codec.of(Envelope.class);
    private static final int REQUESTS_PER_WINDOW = 60;
    private static final int OFFERS_PER_WINDOW = 240;
    private static final Duration REPEAT = Duration.ofSeconds(1);
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final GossipsubService pubsub;
    private final KeyPair key;
    private final LedgerPort ledger;
    private final SenderQuota requestQuota = new SenderQuota(REQUESTS_PER_WINDOW, WINDOW_NANOS);
    private final SenderQuota offerQuota = new SenderQuota(OFFERS_PER_WINDOW, WINDOW_NANOS);
    private final Map<Hash32, OfferBook> books = new ConcurrentHashMap<>();
    private volatile @Nullable Function<JobRequest, Optional<Offer>> executor;

    /** Joins the market. */
    public Market(GossipsubService pubsub, KeyPair key, LedgerPort ledger) {
        this.pubsub = pubsub;
        this.key = key;
        this.ledger = ledger;
        pubsub.subscribe(Protocols.REQUESTS, (message, from) -> judgeRequest(message), this::onRequest);
        pubsub.subscribe(Protocols.OFFERS, (message, from) -> judgeOffer(message), this::onOffer);
    }

    /** From now on requests are answered by {@code answer}; it must not block. */
    public void serve(Function<JobRequest, Optional<Offer>> answer) {
        executor = answer;
    }

    /**
     * Announces a request of this node and collects offers until they are {@code enough} or time is up.
     *
     * @param settle how long to wait for better offers once they are enough
     * @throws IllegalStateException if too many requests of this node are open
     */
    public List<Offer> ask(JobRequest request, Predicate<List<Offer>> enough, Duration settle, Duration timeout)
            throws InterruptedException {
        if (books.size() >= MAX_OPEN) {
            throw new IllegalStateException("over " + MAX_OPEN + " requests wait for offers");
        }
        OfferBook book = new OfferBook(request);
        books.put(request.id(), book);
        try {
            Deadline deadline = Deadline.in(timeout);
            Deadline repeat = Deadline.inMillis(0);
            boolean settling = false;
            while (!deadline.expired()) {
                if (!settling && repeat.expired()) {
                    // A neighbour that was not connected yet did not hear it the first time.
                    publish(Protocols.REQUESTS, JobRequest.KIND, request);
                    repeat = Deadline.in(REPEAT);
                }
                if (!settling && enough.test(book.offers())) {
                    settling = true;
                    deadline = deadline.orIn(settle);
                }
                book.await(Math.min(100, deadline.remainingMillis()));
            }
            return book.offers();
        } finally {
            books.remove(request.id());
        }
    }

    private <T> void publish(String topic, Kind<T> kind, T value) {
        pubsub.publish(topic, ENVELOPE.encode(Envelope.seal(key, ledger.network(), kind, value)));
    }

    private Verdict judgeRequest(Message message) {
        JobRequest request = open(message, JobRequest.KIND, JobRequest::client);
        if (request == null || request.expiryHeight() > ledger.height() + MAX_EXPIRY_BLOCKS) {
            return Verdict.REJECT;
        }
        boolean fresh = request.expiryHeight() > ledger.height();
        return fresh && requestQuota.take(request.client(), System.nanoTime()) ? Verdict.ACCEPT : Verdict.IGNORE;
    }

    private Verdict judgeOffer(Message message) {
        Offer offer = open(message, Offer.KIND, Offer::executor);
        if (offer == null) {
            return Verdict.REJECT;
        }
        // Who is a veteran differs for a moment between nodes of different height: no blame.
        boolean sound = ledger.isVeteran(offer.executor()) && offerQuota.take(offer.executor(), System.nanoTime());
        return sound ? Verdict.ACCEPT : Verdict.IGNORE;
    }

    private <T> @Nullable T open(Message message, Kind<T> kind, Function<T, NodeId> author) {
        try {
            Envelope envelope = ENVELOPE.decode(message.data());
            if (!envelope.signer().equals(Peers.node(message.from()))) {
                return null;
            }
            T value = envelope.open(ledger.network(), kind);
            return author.apply(value).equals(envelope.signer()) ? value : null;
        } catch (CodecException | IllegalArgumentException e) {
            return null;
        }
    }

    private void onRequest(Message message) {
        JobRequest request = open(message, JobRequest.KIND, JobRequest::client);
        if (request != null) {
            answer(request);
        }
    }

    private void answer(JobRequest request) {
        Function<JobRequest, Optional<Offer>> answering = executor;
        if (answering == null) {
            return;
        }
        answering.apply(request).ifPresent(offer -> publish(Protocols.OFFERS, Offer.KIND, offer));
    }

    private void onOffer(Message message) {
        Offer offer = open(message, Offer.KIND, Offer::executor);
        OfferBook book = offer == null ? null : books.get(offer.request());
        if (offer != null && book != null) {
            book.add(offer);
        }
    }

    @Override
    public void close() {
        pubsub.unsubscribe(Protocols.REQUESTS);
        pubsub.unsubscribe(Protocols.OFFERS);
    }
}
