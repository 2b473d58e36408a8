package org.hearthnet.node.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.rocksdb.SnapshotStore;
import org.hearthnet.ledger.tree.ProofException;
import org.hearthnet.node.chain.SyncMessages.NoState;
import org.hearthnet.node.chain.SyncMessages.Piece;
import org.hearthnet.node.chain.SyncMessages.Refusal;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.log.NodeLog;

/**
 * Fetches the state of one block from several peers, one question to each at a time, so that a fast one gets more of them. A peer
 * that sends something that does not prove true is not asked again; one that does not answer, after some attempts.
 */
final class SnapshotFetch {
    private static final NodeLog LOG = NodeLog.of("sync");
    private static final int ATTEMPTS = 4;
    private static final int BUSY_ATTEMPTS = 120;
    private static final long PAUSE_MS = 250;

    private final SnapshotStore store;
    private final SealedBlock block;
    private final SnapshotProgress progress;
    private final SnapshotPlan plan;
    private final List<PeerQuestions> liars = new ArrayList<>();
    private boolean pruned;
    private Optional<RuntimeException> failure = Optional.empty();

    /**
     * How it ended.
     *
     * @param complete whether all of the state is here
     * @param pruned whether a peer had it and keeps it no longer
     * @param liars peers that sent what is not true
     */
    record Outcome(boolean complete, boolean pruned, List<PeerQuestions> liars) {}

    SnapshotFetch(SnapshotStore store, SealedBlock block, SnapshotProgress progress) {
        this.store = store;
        this.block = block;
        this.progress = progress;
        this.plan = new SnapshotPlan(store.staged().orElseThrow());
        progress.begin(store.staged().orElseThrow());
    }

    /** Returns when the state is here, or no peer is left that has it. */
    Outcome run(List<PeerQuestions> peers) throws IOException {
        List<Thread> workers = peers.stream()
                .map(peer -> Thread.ofVirtual().name("snapshot").start(() -> work(peer)))
                .toList();
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            workers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        synchronized (plan) {
            failure.ifPresent(e -> {
                throw e;
            });
            return new Outcome(plan.isComplete(), pruned, List.copyOf(liars));
        }
    }

    /** What became of one question. */
    private enum Answer {
        TAKEN,
        LATER,
        FAILED,
        NEVER
    }

    private void work(PeerQuestions peer) {
        int failed = 0;
        int later = 0;
        try {
            while (failed < ATTEMPTS && later < BUSY_ATTEMPTS) {
                Optional<SnapshotPlan.Ask> ask = next();
                if (ask.isEmpty()) {
                    if (isDone()) {
                        return;
                    }
                    Thread.sleep(PAUSE_MS); // the rest is with others, who may fail
                    continue;
                }
                switch (answer(peer, ask.get())) {
                    case TAKEN -> {
                        failed = 0;
                        later = 0;
                        continue;
                    }
                    case LATER -> later++;
                    case FAILED -> failed++;
                    case NEVER -> {
                        return;
                    }
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            synchronized (plan) {
                failure = Optional.of(e); // of the disk: nobody else can go on either
            }
        }
    }

    private Optional<SnapshotPlan.Ask> next() {
        synchronized (plan) {
            return failure.isPresent() ? Optional.empty() : plan.next();
        }
    }

    private boolean isDone() {
        synchronized (plan) {
            return failure.isPresent() || plan.isComplete();
        }
    }

    private Answer answer(PeerQuestions peer, SnapshotPlan.Ask ask) {
        Answer answer = Answer.FAILED;
        try {
            answer = take(peer, ask, peer.ask(new SyncMessages.StateFrom(block.hash(), ask.from(), ask.within())));
        } catch (LightException | ProofException e) {
            LOG.warn("dropping node %s: %s", name(peer), e.getMessage());
            synchronized (plan) {
                liars.add(peer);
            }
            answer = Answer.NEVER;
        } catch (IOException e) {
            LOG.debug("asking %s for a state: %s", name(peer), e.getMessage());
        } finally {
            if (answer != Answer.TAKEN) {
                synchronized (plan) {
                    plan.failed(ask);
                }
            }
        }
        return answer;
    }

    private Answer take(PeerQuestions peer, SnapshotPlan.Ask ask, Response response) {
        return switch (response) {
            case Piece piece -> {
                Hash32 root = block.block().header().stateRoot();
                SnapshotPlan.Verified verified = SnapshotPlan.verify(ask, root, piece);
                progress.at(store.add(ask.lane(), verified.following(), verified.records()));
                synchronized (plan) {
                    plan.took(ask, verified.following());
                }
                yield Answer.TAKEN;
            }
            case NoState(long oldest, long newest) -> {
                if (newest < block.height()) {
                    yield Answer.LATER; // it will have that block soon
                }
                LOG.info("%s keeps states from block %d on only", name(peer), oldest);
                synchronized (plan) {
                    pruned = true;
                }
                yield Answer.NEVER;
            }
            case Refusal refusal -> Answer.LATER;
            case Response other -> throw new LightException("it answers something else than a state");
        };
    }

    private static String name(PeerQuestions peer) {
        return Peers.nodeId(peer.peer()).shortHex();
    }
}
