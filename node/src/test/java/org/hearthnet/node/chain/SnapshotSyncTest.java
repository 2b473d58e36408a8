package org.hearthnet.node.chain;

import static org.hearthnet.node.chain.TestNet.PROPOSER;
import static org.hearthnet.node.chain.TestNet.RICH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.RangeProof;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.node.chain.SyncMessages.Piece;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.RequestResponse;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node without history among honest peers and others. */
@Timeout(180)
class SnapshotSyncTest {
    private static final int RETENTION = 8;

    @TempDir
    Path directory = Path.of("");

    private final ChainSpec spec = TestNet.spec("snapshot", 50);
    private final long now = spec.timeMs() + 60_000;
    private final List<AutoCloseable> open = new ArrayList<>();
    private Chain chain;
    private int peers;

    /** A chain of seven epochs with some hundred accounts. */
    @BeforeEach
    void start() {
        chain = Chain.open(
                new Rules(spec), RocksStore.open(directory.resolve("full"), spec.id(), new Retention(RETENTION)));
        open.add(chain);
        grow(7 * spec.parameters().epochBlocks() + 3, 20);
    }

    private void grow(long height, int transfers) {
        while (chain.height() < height) {
            List<SignedTransaction> transactions = new ArrayList<>();
            long nonce = chain.read(v -> v.account(RICH.id()).nonce());
            for (int i = 0; i < transfers; i++) {
                NodeId to = SampleTransactions.key((int) chain.height() * 100 + 1_000 + i)
                        .id();
                TransactionBody body = new TransactionBody.Transfer(to, Amount.of(1), Bytes.EMPTY);
                transactions.add(new Transaction(RICH.id(), nonce + i, chain.height() + 30, Amount.of(1_000_000), body)
                        .sign(RICH, spec.id()));
            }
            var built = chain.build(PROPOSER, 0, chain.tip().timeMs() + 1, transactions);
            chain.tryAppend(SealedBlock.bySoleMember(PROPOSER, spec.id(), built.block()));
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    /** A peer that answers like an honest one with small pieces, after {@code lie} has changed the answer. */
    private Multiaddr peer(UnaryOperator<Response> lie) throws IOException {
        KeyPair key = SampleTransactions.key(700 + peers++);
        Libp2pHost host = Libp2pHost.start(HostConfig.of(Peers.identity(key), List.of(TestNet.loopback())));
        open.add(host);
        Replica replica = new StoredReplica(chain, block -> Optional.of("takes no blocks"));
        RequestResponse.serve(
                host,
                SyncServer.protocol(spec.id()),
                ProtocolLimits.DEFAULT,
                SyncMessages.MAX_REQUEST_BYTES,
                Duration.ofSeconds(10),
                (who, bytes) -> SyncMessages.RESPONSE.encode(
                        lie.apply(SnapshotPeers.answer(replica, spec.id(), SyncMessages.REQUEST.decode(bytes)))));
        return host.listenAddresses().getFirst().withPeer(host.id());
    }

    private Path node() {
        return directory.resolve("new");
    }

    private Optional<Long> run(Multiaddr... addresses) throws IOException {
        return run(node(), addresses);
    }

    private Optional<Long> run(Path node, Multiaddr... addresses) throws IOException {
        return SnapshotSync.run(
                spec, node, List.of(addresses), Optional.empty(), () -> now, SnapshotProgress.Listener.NONE);
    }

    private void sameState(long height) {
        try (Chain fetched = Chain.open(new Rules(spec), RocksStore.open(node(), spec.id()))) {
            assertEquals(height, fetched.height());
            grow(chain.height() + 3, 2);
            for (long next = height + 1; next <= chain.height(); next++) {
                var outcome = fetched.tryAppend(chain.store().sealed(next).orElseThrow());
                assertTrue(outcome instanceof Chain.Appended.Accepted, "block " + next);
            }
            assertEquals(chain.tip().stateRoot(), fetched.tip().stateRoot());
            assertEquals(
                    chain.store().state().scan(Bytes.EMPTY, 1 << 20),
                    fetched.store().state().scan(Bytes.EMPTY, 1 << 20));
        }
        AuditReport report = Audit.run(node(), spec, AuditProgress.NONE);
        assertEquals(List.of(), report.errors());
        assertTrue(report.limits().orElseThrow().contains("no blocks before " + height));
    }

    @Test
    void theStateIsFetchedFromSeveralAndGoesOn() throws Exception {
        long height = chain.height();
        assertEquals(Optional.of(height), run(peer(honest()), peer(honest()), peer(honest())));
        assertEquals(Optional.empty(), run(peer(honest())), "there is a ledger now");
        sameState(height);
    }

    private static UnaryOperator<Response> honest() {
        return answer -> answer;
    }

    private static Response changed(Response answer, UnaryOperator<List<RangeProof.KeyValue>> change) {
        return answer instanceof Piece(PathRange range, List<RangeProof.KeyValue> records, RangeProof proof)
                        && !records.isEmpty()
                ? new Piece(range, change.apply(records), proof)
                : answer;
    }

    private static List<RangeProof.KeyValue> forged(List<RangeProof.KeyValue> records) {
        List<RangeProof.KeyValue> out = new ArrayList<>(records);
        out.set(0, new RangeProof.KeyValue(records.getFirst().key(), Bytes.of(new byte[] {1})));
        return out;
    }

    /** Liars are found and dropped, whatever they do, and the honest one is enough. */
    @Test
    void liarsAreDropped() throws Exception {
        long height = chain.height();
        Multiaddr forger = peer(answer -> changed(answer, SnapshotSyncTest::forged));
        Multiaddr shortener = peer(answer -> changed(answer, records -> records.subList(1, records.size())));
        Multiaddr other = peer(answer -> answer instanceof Piece piece
                ? new Piece(new PathRange(Hash32.ZERO, 0), piece.records(), piece.proof())
                : answer);
        Multiaddr silly = peer(answer -> answer instanceof Piece ? new SyncMessages.Blocks(List.of()) : answer);
        assertEquals(Optional.of(height), run(forger, shortener, other, silly, peer(honest())));
        sameState(height);
    }

    @Test
    void onlyLiarsGiveNoLedger() throws Exception {
        Multiaddr forger = peer(answer -> changed(answer, SnapshotSyncTest::forged));
        assertThrows(IOException.class, () -> run(forger));
        assertFalse(SnapshotPeers.hasLedger(node(), spec.id()));
    }

    /** The attempt ends in the middle, as by a crash: what was stored is not fetched again. */
    @Test
    void anotherAttemptGoesOnWhereTheFirstOneEnded() throws Exception {
        AtomicInteger pieces = new AtomicInteger();
        UnaryOperator<Response> dying = answer -> {
            if (answer instanceof Piece && pieces.incrementAndGet() > 20) {
                throw new IllegalStateException("gone"); // resets the stream
            }
            return answer;
        };
        long height = chain.height();
        Multiaddr dead = peer(dying);
        assertThrows(IOException.class, () -> run(dead));
        AtomicInteger more = new AtomicInteger();
        Multiaddr counting = peer(answer -> {
            more.addAndGet(answer instanceof Piece ? 1 : 0);
            return answer;
        });
        run(directory.resolve("whole"), counting);
        int whole = more.getAndSet(0);
        grow(height + 2, 3); // the peer has newer blocks now, and still the state that was begun with
        assertEquals(Optional.of(height), run(counting));
        assertEquals(whole - 20, more.get(), "20 pieces were here");
        sameState(height);
    }

    /** The state is pruned while it is fetched: the node begins anew with a newer one. */
    @Test
    void aStateThatIsPrunedMeanwhileIsReplacedByANewerOne() throws Exception {
        AtomicInteger pieces = new AtomicInteger();
        long before = chain.height();
        Multiaddr moving = peer(answer -> {
            if (answer instanceof Piece && pieces.incrementAndGet() == 20) {
                grow(chain.height() + RETENTION + 2, 1);
            }
            return answer;
        });
        long height = run(moving).orElseThrow();
        assertEquals(before + RETENTION + 2, height);
        sameState(height);
    }

    @Test
    void aLedgerThatIsTooOldToTrustNeedsACheckpoint() throws Exception {
        Multiaddr peer = peer(honest());
        long later = spec.timeMs() + Duration.ofDays(40).toMillis();
        SnapshotProgress.Listener none = SnapshotProgress.Listener.NONE;
        LightException e = assertThrows(
                LightException.class,
                () -> SnapshotSync.run(spec, node(), List.of(peer), Optional.empty(), () -> later, none));
        assertTrue(String.valueOf(e.getMessage()).contains("--checkpoint"), e.toString());
        Hash32 recent =
                chain.store().header(chain.height() - 5).orElseThrow().header().hash();
        long height = chain.height();
        assertEquals(
                Optional.of(height),
                SnapshotSync.run(spec, node(), List.of(peer), Optional.of(recent), () -> now, none));
        AuditReport report = Audit.run(node(), spec, AuditProgress.NONE);
        assertTrue(report.ok(), report.errors().toString());
        assertTrue(report.limits().orElseThrow().contains("was trusted by a checkpoint"));
    }
}
