package org.hearthnet.node.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.light.ProvenRecord;
import org.hearthnet.ledger.light.TrustStep;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.RangeProof;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.chain.BlockNews;
import org.hearthnet.node.chain.SyncMessages;

/** Real messages of a small network, to begin from. */
final class WireSamples {
    private static final KeyPair MEMBER = key(1);

    /** Of several, so that seats and leaders differ. */
    static final Committee COMMITTEE = Committee.ofEquals(List.of(MEMBER, key(2), key(3), key(4)));

    static final ChainSpec SPEC = new ChainSpec(
            "fuzz",
            true,
            1_700_000_000_000L,
            Committee.single(MEMBER),
            NetworkPreset.with(NetworkPreset.demo(), Map.of()),
            List.of(new ChainSpec.Allocation(MEMBER.id(), "rich", Amount.credits(1_000), Amount.ZERO, 0)),
            List.of());

    /** A message of one kind: its number among {@link WireFormat#all}, and its bytes. */
    record Sample(int format, byte[] bytes) {}

    private final Chain chain = Chain.open(new Rules(SPEC), new MemoryStore());
    private final List<Sample> samples = new ArrayList<>();

    private WireSamples() {}

    private static KeyPair key(int number) {
        return KeyPair.fromSeed(Hashing.in("fuzz").add(number).finish().toArray());
    }

    static List<Sample> all() {
        WireSamples made = new WireSamples();
        made.make();
        return made.samples;
    }

    private void make() {
        long epoch = SPEC.parameters().epochBlocks();
        SealedBlock first = block(List.of(transfer(0), transfer(1)));
        while (chain.height() < 2 * epoch) {
            block(List.of());
        }
        ledger(first);
        consensus(first);
        sync(first, chain.store().sealed(2 * epoch).orElseThrow());
    }

    private SignedTransaction transfer(long nonce) {
        TransactionBody body =
                new TransactionBody.Transfer(new NodeId(SPEC.id()), Amount.of(5), Bytes.of(new byte[] {1, 2}));
        return new Transaction(MEMBER.id(), nonce, 40, Amount.of(1_000_000), body).sign(MEMBER, SPEC.id());
    }

    private SealedBlock block(List<SignedTransaction> transactions) {
        var built = chain.build(MEMBER, 0, chain.tip().timeMs() + 1, transactions);
        SealedBlock sealed = SealedBlock.bySoleMember(MEMBER, SPEC.id(), built.block());
        chain.tryAppend(sealed);
        return sealed;
    }

    private void ledger(SealedBlock first) {
        samples.add(new Sample(0, first.block().encode()));
        samples.add(new Sample(1, transfer(0).encode()));
        Transaction report = new Transaction(
                MEMBER.id(),
                2,
                9,
                Amount.of(200),
                new TransactionBody.ReportDoubleBlock(
                        first.block().signedHeader(), first.block().signedHeader()));
        samples.add(new Sample(1, report.sign(MEMBER, SPEC.id()).encode()));
        samples.add(new Sample(2, account(MEMBER.id()).encode()));
        samples.add(
                new Sample(2, account(new NodeId(Hashing.in("nobody").finish())).encode()));
        add(3, first.header());
        add(4, first.certificate());
    }

    private org.hearthnet.ledger.tree.StateProof account(NodeId node) {
        return chain.prove(Tables.ACCOUNTS.key(Keys.of(node))).proof();
    }

    private void consensus(SealedBlock first) {
        Block block = first.block();
        Ballot ballot = Ballot.notarize(1, 0, block.hash());
        Vote vote = new Vote(ballot, MEMBER.id(), Ballot.KIND.sign(MEMBER, SPEC.id(), ballot));
        add(Message.class, 5, new Message.Proposal(0, block, Optional.empty()));
        add(Message.class, 5, new Message.Proposal(1, block, Optional.of(first.certificate())));
        add(Message.class, 5, new Message.Ballots(vote));
        add(Message.class, 5, new Message.Certified(first.certificate()));
        add(Message.class, 5, new Message.Status(3, 2, 1));
        add(6, vote);
    }

    private void sync(SealedBlock first, SealedBlock last) {
        TrustStep step = new TrustStep(last.header(), chain.committees(last.height()));
        Bytes key = Tables.ACCOUNTS.key(Keys.of(MEMBER.id()));
        add(7, step);
        add(SyncMessages.Request.class, 8, new SyncMessages.Hello(SPEC.id(), first.header()));
        add(SyncMessages.Request.class, 8, new SyncMessages.Range(1, 64));
        add(SyncMessages.Request.class, 8, new SyncMessages.Prove(key));
        add(SyncMessages.Request.class, 8, new SyncMessages.Steps(1, 2, 16));
        PathRange whole = new PathRange(Hash32.ZERO, 0);
        add(SyncMessages.Request.class, 8, new SyncMessages.StateFrom(SPEC.id(), Hash32.ZERO, whole));
        RangeProof proof = new RangeProof(List.of(SPEC.id(), SPEC.id()));
        RangeProof.KeyValue keyValue = new RangeProof.KeyValue(key, key);
        add(SyncMessages.Response.class, 9, new SyncMessages.Piece(whole, List.of(keyValue, keyValue), proof));
        add(SyncMessages.Response.class, 9, new SyncMessages.NoState(3, 7));
        add(SyncMessages.Response.class, 9, new SyncMessages.Tip(SPEC.id(), first.header()));
        add(SyncMessages.Response.class, 9, new SyncMessages.Blocks(List.of(first, last)));
        ProvenRecord record = new ProvenRecord(last.header(), account(MEMBER.id()));
        add(SyncMessages.Response.class, 9, new SyncMessages.Proven(record));
        add(SyncMessages.Response.class, 9, new SyncMessages.Trust(List.of(step)));
        add(SyncMessages.Response.class, 9, new SyncMessages.Refusal("too many requests"));
        add(BlockNews.class, 10, new BlockNews.Whole(first));
        add(BlockNews.class, 10, new BlockNews.Header(first.header()));
    }

    @SuppressWarnings("unchecked") // the class of a record is its own
    private <T> void add(int format, T value) {
        add((Class<T>) value.getClass(), format, value);
    }

    private <T> void add(Class<T> type, int format, T value) {
        samples.add(new Sample(format, Codec.of(type).encode(value)));
    }
}
