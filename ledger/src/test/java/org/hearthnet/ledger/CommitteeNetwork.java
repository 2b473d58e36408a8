package org.hearthnet.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.BeaconScheme;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.TransactionBody.RegisterSeatKeys;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.transition.BlockBuilder;
import org.hearthnet.ledger.state.transition.Proposer;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.MemoryStore;

/** A chain in memory whose blocks are made and sealed by whoever has seats, without a network and its delays. */
public final class CommitteeNetwork {
    private final Chain chain;
    private final List<SignedTransaction> waiting = new ArrayList<>();
    private final Map<NodeId, Long> nonces = new HashMap<>();
    private final Map<NodeId, KeyPair> keys = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private List<BlockBuilder.Rejected> rejected = List.of();
    private NodeId withholder = new NodeId(Hash32.ZERO);
    private int made;

    /** The network of {@code spec}, made by {@link #spec}. */
    public CommitteeNetwork(ChainSpec spec) {
        chain = Chain.open(new Rules(spec, new ScriptedReferee()), new MemoryStore());
        keys.put(genesisMember().id(), genesisMember());
        spec.allocations().forEach(a -> keys.put(a.account(), TestNetwork.key(a.label())));
    }

    /** Test parameters with seats by bond. */
    public static ChainSpec spec(long committeeBond, int cap, ChainSpec.Allocation... more) {
        Parameters p = TestNetwork.parameters();
        Parameters seats = new Parameters(
                p.blockIntervalMs(),
                p.epochBlocks(),
                p.dutyBlocks(),
                p.disputeBlocks(),
                p.claimBlocks(),
                p.vestingEpochs(),
                p.unbondingEpochs(),
                p.freezeEpochs(),
                p.minimumBond(),
                p.graduationReputation(),
                p.auditFloor(),
                p.auditRecord(),
                p.executorShare(),
                p.dutyShare(),
                p.finderShare(),
                p.minimumVerifiers(),
                p.faucetGrant(),
                Amount.credits(committeeBond),
                cap,
                p.transactionFee());
        return TestNetwork.spec(seats, more);
    }

    /** Who has the only seat at first. */
    public KeyPair genesisMember() {
        return TestNetwork.key("proposer");
    }

    /** The chain. */
    public Chain chain() {
        return chain;
    }

    /** The network's id. */
    public Hash32 id() {
        return chain.rules().network();
    }

    /** Who votes at a height, at most two epochs ahead. */
    public Committee committee(long height) {
        return chain.committee(height);
    }

    /** The key that {@code member}, who has a seat, votes with at a height. */
    public KeyPair voteKey(long height, KeyPair member) {
        return java.util.Objects.requireNonNull(
                keys.get(committee(height).find(member.id()).orElseThrow().vote()));
    }

    /** Puts a transaction into the next block. */
    public void submit(KeyPair sender, TransactionBody body) {
        long next = chain.read(v -> v.account(sender.id()).nonce());
        long nonce = Math.max(next, nonces.getOrDefault(sender.id(), 0L));
        nonces.put(sender.id(), nonce + 1);
        waiting.add(new Transaction(sender.id(), nonce, Long.MAX_VALUE, TestNetwork.MAX_FEE, body).sign(sender, id()));
    }

    /** Registers new keys for a seat in the next block. */
    public void attend(KeyPair who) {
        KeyPair vote =
                KeyPair.fromSeed(Hashing.in("vote-key").add(made++).finish().toArray());
        keys.put(vote.id(), vote);
        submit(who, registration(who, vote));
    }

    /** Lets seals be made with a vote key. */
    public void know(KeyPair vote) {
        keys.put(vote.id(), vote);
    }

    /** Registers {@code vote} for {@code account} in the epoch of the next block. */
    public RegisterSeatKeys registration(KeyPair account, KeyPair vote) {
        long epoch = (chain.height() + 1) / chain.rules().spec().parameters().epochBlocks();
        return BeaconScheme.VRF.registration(account, vote, id(), epoch);
    }

    /** From here on {@code who} makes no blocks, unless nobody else is there. */
    public void withhold(NodeId who) {
        withholder = who;
    }

    /** Makes and seals one block of everything that waits, and checks the supply. */
    public Block block() {
        long height = chain.height() + 1;
        Committee committee = committee(height);
        boolean alone = committee.seats().size() == 1;
        int view = !alone && committee.leader(height, 0).equals(withholder) ? 1 : 0;
        Committee.Seat leader = committee.leaderSeat(height, view);
        Proposer proposer = new Proposer(key(leader.node()), key(leader.vote()));
        BlockBuilder.Built built = chain.build(proposer, view, 0, List.copyOf(waiting));
        waiting.clear();
        nonces.clear();
        rejected = built.rejected();
        switch (chain.tryAppend(seal(committee, built.block()))) {
            case Chain.Appended.Accepted accepted ->
                accepted.events().forEach(e -> counts.merge(e.getClass().getSimpleName(), 1, Integer::sum));
            case Chain.Appended.Rejected r -> throw new AssertionError("own block rejected: " + r.reason());
        }
        List<String> errors = chain.read(v -> v.holdings().errors());
        if (!errors.isEmpty()) {
            throw new AssertionError("after block " + height + ": " + errors);
        }
        return built.block();
    }

    private KeyPair key(NodeId id) {
        return java.util.Objects.requireNonNull(keys.get(id));
    }

    private SealedBlock seal(Committee committee, Block block) {
        Ballot ballot = Ballot.finalizing(block.height(), block.header().view(), block.hash());
        List<Vote> votes = committee.seats().stream()
                .map(seat -> new Vote(ballot, seat.node(), Ballot.KIND.sign(key(seat.vote()), id(), ballot)))
                .toList();
        return new SealedBlock(block, Certificate.of(committee, ballot, votes));
    }

    /** Makes one block and demands that nothing was rejected. */
    public void accepted() {
        block();
        if (!rejected.isEmpty()) {
            throw new AssertionError("rejected: " + rejected.getFirst().reason());
        }
    }

    /** Makes one block of one transaction and returns why it was rejected. */
    public String refused(KeyPair sender, TransactionBody body) {
        submit(sender, body);
        block();
        if (rejected.isEmpty()) {
            throw new AssertionError("accepted: " + body);
        }
        return rejected.getFirst().reason();
    }

    /** Makes blocks up to the first one of the next epoch. */
    public void nextEpoch() {
        int epochBlocks = chain.rules().spec().parameters().epochBlocks();
        long target = (chain.height() / epochBlocks + 1) * epochBlocks;
        while (chain.height() < target) {
            block();
        }
    }

    /** How many events of a kind there were. */
    public int count(Class<? extends LedgerEvent> type) {
        return counts.getOrDefault(type.getSimpleName(), 0);
    }

    /** An account. */
    public Account account(KeyPair key) {
        return chain.read(v -> v.account(key.id()));
    }

    /** An account's record. */
    public Account.Standing standing(NodeId node) {
        return chain.read(v -> v.account(node).standing());
    }

    /** Appends all blocks to another chain, from genesis; why it refuses one, if it does. */
    public Optional<String> replay() {
        Chain other = Chain.open(new Rules(chain.rules().spec(), new ScriptedReferee()), new MemoryStore());
        for (long height = 1; height <= chain.height(); height++) {
            var appended = other.tryAppend(chain.store().sealed(height).orElseThrow());
            if (appended instanceof Chain.Appended.Rejected r) {
                return Optional.of("block " + height + ": " + r.reason());
            }
        }
        return Optional.empty();
    }
}
