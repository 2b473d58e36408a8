package org.hearthnet.node.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.light.LightClient;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.rocksdb.SnapshotStore;
import org.hearthnet.ledger.state.transition.Genesis;
import org.hearthnet.ledger.store.StagedState;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;

/**
 * Gives a node without history the state of a recent final block, fetched from several peers at one time, none of whom is
 * trusted: the block by the signatures of its committee, to which the headers lead from genesis or a checkpoint, the state by
 * proofs against the block's root. What was fetched is kept over a crash. After that the node follows the chain as any other.
 */
public final class SnapshotSync {
    private static final NodeLog LOG = NodeLog.of("sync");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** New beginnings because the state was pruned meanwhile. */
    private static final int MAX_BEGINNINGS = 5;

    private final ChainSpec spec;
    private final Optional<Hash32> checkpoint;
    private final SnapshotStore store;
    private final SnapshotProgress progress;
    private final LongSupplier clockMs;

    /** What is agreed before the first record: the block, and the headers that lead to it. */
    private record Target(SealedBlock block, List<SealedHeader> steps) {}

    private SnapshotSync(
            ChainSpec spec,
            Optional<Hash32> checkpoint,
            SnapshotStore store,
            SnapshotProgress progress,
            LongSupplier clockMs) {
        this.spec = spec;
        this.checkpoint = checkpoint;
        this.store = store;
        this.progress = progress;
        this.clockMs = clockMs;
    }

    /**
     * Fetches the state of a recent block into a node's directory, if there is no ledger yet. Connects by a key that is thrown
     * away afterwards.
     *
     * @param addresses of peers, with their ids
     * @param checkpoint hash of a block to trust instead of the genesis file
     * @return the height, or nothing if there is a ledger already
     * @throws IOException if no peer is left that could go on; what was fetched is kept for another attempt
     * @throws LightException if what is trusted is too old to be safe
     */
    public static Optional<Long> run(
            ChainSpec spec,
            Path node,
            List<Multiaddr> addresses,
            Optional<Hash32> checkpoint,
            LongSupplier clockMs,
            SnapshotProgress.Listener listener)
            throws IOException {
        if (checkpoint.isEmpty()) {
            WeakSubjectivity.require(spec, spec.timeMs(), clockMs.getAsLong());
        }
        Optional<SnapshotStore> opened = SnapshotStore.open(node, spec.id());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        KeyPair key = KeyPair.generate(new SecureRandom());
        try (SnapshotStore store = opened.get();
                Libp2pHost host = Libp2pHost.start(HostConfig.of(Peers.identity(key), List.of()))) {
            SnapshotProgress progress = new SnapshotProgress(clockMs, listener);
            SnapshotSync sync = new SnapshotSync(spec, checkpoint, store, progress, clockMs);
            return Optional.of(sync.fetch(sync.connect(host, addresses)));
        }
    }

    private List<PeerQuestions> connect(Libp2pHost host, List<Multiaddr> addresses) throws IOException {
        List<PeerQuestions> out = new ArrayList<>();
        for (Multiaddr address : addresses) {
            PeerId peer = address.peer().orElseThrow();
            try {
                host.dial(address, Deadline.in(PATIENCE));
                out.add(new PeerQuestions(host, spec.id(), peer, PATIENCE));
            } catch (P2pException e) {
                LOG.warn("%s cannot be reached: %s", address, e.getMessage());
            }
        }
        if (out.isEmpty()) {
            throw new IOException("none of the nodes that were named can be reached");
        }
        return out;
    }

    private long fetch(List<PeerQuestions> connected) throws IOException {
        List<PeerQuestions> peers = new ArrayList<>(connected);
        for (int beginning = 1; beginning <= MAX_BEGINNINGS; beginning++) {
            Target target = target(peers, beginning == 1);
            StagedState state = store.staged()
                    .filter(s -> s.block().equals(target.block().hash()))
                    .orElseGet(() ->
                            store.begin(target.block().hash(), target.block().height()));
            LOG.info(
                    "fetching the state of block %d (%s) from %d nodes, %.0f %% are here",
                    state.height(), state.block().shortHex(), peers.size(), 100 * state.share());
            SnapshotFetch fetch = new SnapshotFetch(store, target.block(), progress);
            SnapshotFetch.Outcome outcome = fetch.run(peers);
            peers.removeAll(outcome.liars());
            if (outcome.complete()) {
                finish(target);
                return target.block().height();
            }
            if (!outcome.pruned()) {
                throw new IOException(
                        "no node is left to fetch the state from; what is here is kept: start again, or with"
                                + " other --bootstrap addresses");
            }
            LOG.warn("the state of block %d is not kept any more: beginning with a newer one", state.height());
        }
        throw new IOException(
                "the state was pruned " + MAX_BEGINNINGS
                        + " times before it was here: ask for a node that keeps more of the past (--history), or use --sync full");
    }

    private void finish(Target target) {
        Genesis genesis = Genesis.of(spec);
        Certificate certificate = Certificate.genesis(genesis.block().hash());
        store.finish(new SealedBlock(genesis.block(), certificate), target.steps(), target.block());
        LOG.info(
                "the state of block %d is here and has the root that its header says",
                target.block().height());
    }

    /** The block whose state is fetched: the one that was begun with, if a peer has it, or the last one of the peer that has most. */
    private Target target(List<PeerQuestions> peers, boolean goOn) throws IOException {
        IOException last = new IOException("no node is left that tells the truth");
        for (Claim claim : claims(peers)) {
            try {
                Optional<Target> same = goOn ? begun(claim.peer()) : Optional.empty();
                if (same.isPresent()) {
                    return same.get();
                }
                return target(claim.peer(), claim.height())
                        .orElseThrow(() -> new IOException("a node does not show its last block"));
            } catch (LightException e) {
                if (peers.size() == 1) {
                    throw e;
                }
                LOG.warn(
                        "dropping node %s: %s",
                        Peers.nodeId(claim.peer().peer()).shortHex(), e.getMessage());
                peers.remove(claim.peer());
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private Optional<Target> begun(PeerQuestions peer) throws IOException {
        Optional<StagedState> staged = store.staged();
        if (staged.isEmpty()) {
            return Optional.empty();
        }
        return target(peer, staged.get().height())
                .filter(found -> found.block().hash().equals(staged.get().block()));
    }

    /** What height a peer says that it has; nobody believes it. */
    private record Claim(PeerQuestions peer, long height) {}

    private List<Claim> claims(List<PeerQuestions> peers) throws IOException {
        List<Claim> out = new ArrayList<>();
        IOException last = new IOException("no node is left that tells the truth");
        for (PeerQuestions peer : peers) {
            try {
                out.add(new Claim(peer, tip(peer)));
            } catch (IOException e) {
                last = e;
            }
        }
        if (out.isEmpty()) {
            throw last;
        }
        out.sort(Comparator.comparingLong(Claim::height).reversed());
        return out;
    }

    private long tip(PeerQuestions peer) throws IOException {
        Genesis genesis = Genesis.of(spec);
        SealedHeader own = new SealedHeader(
                genesis.block().header(), Certificate.genesis(genesis.block().hash()));
        return switch (peer.ask(new SyncMessages.Hello(spec.id(), own))) {
            case SyncMessages.Tip tip -> tip.tip().height();
            case SyncMessages.Response other -> throw PeerQuestions.refused(other);
        };
    }

    /** The block of {@code height} with its headers, if the peer has it; everything about it is checked. */
    private Optional<Target> target(PeerQuestions peer, long height) throws IOException {
        if (height < 1) {
            throw new IOException("the network has no blocks yet: start without --sync snapshot");
        }
        TrustWalk walk = TrustWalk.begin(spec, peer, checkpoint, clockMs.getAsLong());
        LightClient client = walk.to(height);
        SealedBlock block = switch (peer.ask(new SyncMessages.Range(height, 1))) {
            case SyncMessages.Blocks blocks
            when blocks.blocks().size() == 1 -> blocks.blocks().getFirst();
            case SyncMessages.Blocks none -> null;
            case SyncMessages.Response other -> throw PeerQuestions.refused(other);
        };
        if (block == null) {
            return Optional.empty();
        }
        client.requireFinal(block.header());
        boolean whole = block.height() == height
                && org.hearthnet.ledger.block.Block.transactionsRoot(
                                block.block().transactions())
                        .equals(block.block().header().transactionsRoot());
        if (!whole) {
            throw new LightException("block " + height + " is not the one that was asked for");
        }
        List<SealedHeader> before =
                walk.passed().stream().filter(step -> step.height() < height).toList();
        return Optional.of(new Target(block, before));
    }
}
