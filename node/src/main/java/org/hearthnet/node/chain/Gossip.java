package org.hearthnet.node.chain;

import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.gossipsub.Message;
import org.hearthnet.node.p2p.gossipsub.Verdict;

/** Transactions and blocks by gossip. What this node itself does not take, it does not pass on. */
final class Gossip implements AutoCloseable {
    static final String TRANSACTIONS = "transactions";
    static final String BLOCKS = "blocks";
    static final Codec<BlockNews> NEWS = Codec.of(BlockNews.class);

    private final GossipsubService pubsub;
    private final TransactionDesk desk;
    private final Follower follower;
    private final BlockCheck check;
    private final PeerPolicy policy;

    Gossip(GossipsubService pubsub, TransactionDesk desk, Follower follower, BlockCheck check, PeerPolicy policy) {
        this.pubsub = pubsub;
        this.desk = desk;
        this.follower = follower;
        this.check = check;
        this.policy = policy;
    }

    void start() {
        // The validators do all the work: a message is passed on only after it was taken.
        pubsub.subscribe(TRANSACTIONS, this::transaction, message -> {});
        pubsub.subscribe(BLOCKS, this::block, message -> {});
    }

    void publish(SignedTransaction transaction) {
        pubsub.publish(TRANSACTIONS, transaction.encode());
    }

    void publish(SealedBlock block) {
        byte[] whole = NEWS.encode(new BlockNews.Whole(block));
        boolean fits = whole.length <= pubsub.maxPayload();
        pubsub.publish(BLOCKS, fits ? whole : NEWS.encode(new BlockNews.Header(block.header())));
    }

    private Verdict transaction(Message message, PeerId from) {
        byte[] payload = message.data();
        try {
            return switch (desk.admit(SignedTransaction.decode(payload), payload.length)) {
                case Admission.Added added -> Verdict.ACCEPT;
                case Admission.Known known -> Verdict.IGNORE;
                case Admission.Refused refused -> refused.hostile() ? Verdict.REJECT : Verdict.IGNORE;
            };
        } catch (CodecException | IllegalArgumentException e) {
            return Verdict.REJECT;
        }
    }

    private Verdict block(Message message, PeerId from) {
        try {
            return switch (NEWS.decode(message.data())) {
                case BlockNews.Whole(SealedBlock block) -> follower.offer(from, block);
                case BlockNews.Header(SealedHeader header) -> header(header, from);
            };
        } catch (CodecException | IllegalArgumentException e) {
            return Verdict.REJECT;
        }
    }

    /** Not passed on: the next ones hear of the block from whoever has fetched it. */
    private Verdict header(SealedHeader header, PeerId from) {
        Optional<String> problem = check.problem(header);
        if (problem.isPresent()) {
            policy.punish(from, problem.get());
            return Verdict.REJECT;
        }
        follower.seeTip(from, check.network(), header);
        return Verdict.IGNORE;
    }

    @Override
    public void close() {
        pubsub.unsubscribe(TRANSACTIONS);
        pubsub.unsubscribe(BLOCKS);
    }
}
