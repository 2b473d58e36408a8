package org.hearthnet.node.chain;

import static org.hearthnet.node.chain.TestNet.PROPOSER;
import static org.hearthnet.node.chain.TestNet.RICH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.light.ProvenRecord;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.ledger.tree.StateProof;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.RequestResponse;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A light client against an honest peer, and against peers that change what they please. */
@Timeout(180)
class LightQueryTest {
    private static final Bytes RICH_KEY = Tables.ACCOUNTS.key(Keys.of(RICH.id()));

    private final ChainSpec spec = TestNet.spec("light", 50);
    private final long now = spec.timeMs() + 60_000;
    private final KeyPair liar = SampleTransactions.key(77);
    private final List<AutoCloseable> open = new ArrayList<>();
    private Chain chain;
    private Replica replica;
    private UnaryOperator<Response> lie = answer -> answer;
    private Libp2pHost peer;

    /** A chain of seven epochs, and a peer that answers from it, changed by {@link #lie}. */
    @BeforeEach
    void start() throws Exception {
        chain = Chain.open(new Rules(spec), new MemoryStore());
        replica = new StoredReplica(chain, block -> Optional.of("a liar takes no blocks"));
        long blocks = 7L * spec.parameters().epochBlocks() + 3;
        while (chain.height() < blocks) {
            var built = chain.build(PROPOSER, 0, chain.tip().timeMs() + 1, List.of());
            chain.tryAppend(SealedBlock.bySoleMember(PROPOSER, spec.id(), built.block()));
        }
        peer = Libp2pHost.start(HostConfig.of(Peers.identity(liar), List.of(TestNet.loopback())));
        open.add(peer);
        RequestResponse.serve(
                peer,
                SyncServer.protocol(spec.id()),
                ProtocolLimits.DEFAULT,
                SyncMessages.MAX_REQUEST_BYTES,
                Duration.ofSeconds(10),
                (who, bytes) -> SyncMessages.RESPONSE.encode(lie.apply(answer(SyncMessages.REQUEST.decode(bytes)))));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** What an honest node answers. */
    private Response answer(SyncMessages.Request request) {
        return switch (request) {
            case SyncMessages.Prove prove -> new SyncMessages.Proven(replica.prove(prove.key()));
            case SyncMessages.StepOf of ->
                new SyncMessages.Trust(replica.step(of.block()).stream().toList());
            case SyncMessages.Steps steps -> new SyncMessages.Trust(SyncServer.steps(replica, steps));
            case SyncMessages.Hello hello -> new SyncMessages.Refusal("not here");
            case SyncMessages.Range range -> new SyncMessages.Refusal("not here");
            case SyncMessages.StateFrom state -> new SyncMessages.Refusal("not here");
        };
    }

    private LightQuery.Answer ask(Bytes key, Optional<Hash32> checkpoint, long nowMs) throws Exception {
        try (LightQuery query =
                LightQuery.connect(spec, peer.listenAddresses().getFirst().withPeer(peer.id()))) {
            return query.prove(key, checkpoint, nowMs);
        }
    }

    private String refused() {
        return String.valueOf(assertThrows(LightException.class, () -> ask(RICH_KEY, Optional.empty(), now))
                .getMessage());
    }

    @Test
    void anHonestPeersProofHolds() throws Exception {
        LightQuery.Answer answer = ask(RICH_KEY, Optional.empty(), now);
        Account account =
                Tables.ACCOUNTS.decode(RICH_KEY, answer.value().orElseThrow()).orElseThrow();
        assertEquals(Amount.credits(1_000), account.balance());
        assertEquals(3, answer.steps(), "epochs 2, 4 and 6");
        assertTrue(SyncMessages.RESPONSE.encode(new SyncMessages.Proven(answer.record())).length < 4096);
    }

    @Test
    void absenceIsProvenToo() throws Exception {
        Bytes nobody = Tables.ACCOUNTS.key(Keys.of(liar.id()));
        assertEquals(Optional.empty(), ask(nobody, Optional.empty(), now).value());
    }

    @Test
    void aCheckpointTakesThePlaceOfGenesis() throws Exception {
        Hash32 recent =
                chain.store().header(chain.height() - 5).orElseThrow().header().hash();
        long later = spec.timeMs() + Duration.ofDays(1).toMillis() + 50;
        assertEquals(0, ask(RICH_KEY, Optional.of(recent), later).steps());
    }

    @Test
    void aGenesisThatIsTooOldIsNotTrusted() {
        LightException e = assertThrows(
                LightException.class,
                () -> ask(RICH_KEY, Optional.empty(), now + Duration.ofDays(400).toMillis()));
        assertTrue(String.valueOf(e.getMessage()).contains("--checkpoint"), e.getMessage());
    }

    @Test
    void aRicherAccountIsALie() {
        lie = answer -> answer instanceof SyncMessages.Proven(ProvenRecord record)
                ? new SyncMessages.Proven(new ProvenRecord(record.header(), richer(record.proof())))
                : answer;
        assertTrue(refused().contains("does not hold"), refused());
    }

    private static StateProof richer(StateProof proof) {
        Account account = Tables.ACCOUNTS
                .decode(proof.key(), ((StateProof.End.Present) proof.end()).value())
                .orElseThrow();
        Bytes value = Bytes.owned(Codec.of(Account.class).encode(account.withBalance(Amount.credits(5_000))));
        return new StateProof(proof.key(), new StateProof.End.Present(value), proof.siblings());
    }

    @Test
    void aHeaderThatTheCommitteeDidNotSignIsALie() {
        lie = answer -> answer instanceof SyncMessages.Proven(ProvenRecord record)
                ? new SyncMessages.Proven(new ProvenRecord(forged(record.header()), record.proof()))
                : answer;
        assertTrue(refused().contains("not final"), refused());
    }

    private SealedHeader forged(SealedHeader header) {
        var block = chain.store().block(header.height()).orElseThrow();
        return SealedBlock.bySoleMember(liar, spec.id(), block).header();
    }

    @Test
    void aCommitteeOfTheLiarsOwnIsALie() {
        lie = answer -> answer instanceof SyncMessages.Trust(List<TrustStep> steps)
                ? new SyncMessages.Trust(steps.stream().map(this::captured).toList())
                : answer;
        assertTrue(refused().contains("committees are not those"), refused());
    }

    private TrustStep captured(TrustStep step) {
        Committee mine = Committee.single(liar);
        return new TrustStep(step.header(), new CommitteeWindow(step.window().epoch(), mine, mine, mine));
    }

    @Test
    void anotherAccountsProofIsALie() {
        lie = answer -> answer instanceof SyncMessages.Proven
                ? answer(new SyncMessages.Prove(Tables.ACCOUNTS.key(Keys.of(liar.id()))))
                : answer;
        assertTrue(refused().contains("does not hold"), refused());
    }

    @Test
    void stepsThatLeadNowhereAreALie() {
        lie = answer -> answer instanceof SyncMessages.Trust ? new SyncMessages.Trust(List.of()) : answer;
        assertTrue(refused().contains("does not show"), refused());
    }
}
