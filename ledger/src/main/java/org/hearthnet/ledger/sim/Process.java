package org.hearthnet.ledger.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.BaseFee;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.consensus.Contradiction;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.consensus.Timer;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.journal.FileJournal;
import org.hearthnet.ledger.member.Member;
import org.hearthnet.ledger.member.MemberPorts;
import org.hearthnet.ledger.seat.SeatWork;
import org.hearthnet.ledger.seat.VoteKeys;
import org.hearthnet.ledger.state.transition.Proposer;
import org.hearthnet.ledger.store.Chain;

/** A member's process, from a start of its machine to a crash: the production classes between simulated ports. */
final class Process implements MemberPorts.Ledger, MemberPorts.Outbox, MemberPorts.Clock, MemberPorts.Observer {
    /** Small, so that journals are written anew within a run. */
    private static final int JOURNAL_BYTES = 3000;

    private static final int BLOCKS_OF_AN_ANSWER = 8;
    private static final long ASK_AGAIN_MS = 100;

    private final Machine machine;
    private final World world;
    private final Chain chain;
    private final Member member;
    private final VoteKeys keys;
    private final SeatWork seat;
    private long askedMs = Long.MIN_VALUE / 2;

    Process(Machine machine) {
        this.machine = machine;
        this.world = machine.world;
        this.chain = Chain.open(world.rules, machine.store, world.verifier());
        world.learn(machine, chain.committees(chain.height()));
        this.keys = VoteKeys.open(machine.keyDisk, machine.key, this::seed);
        this.seat = new SeatWork(machine.key, world.rules, keys, true);
        machine.store.sealed(machine.store.height()).ifPresent(tip -> world.safety.finalized(machine, tip));
        FileJournal journal = FileJournal.open(world.seams.disk(machine.disk), machine.dice::bits, JOURNAL_BYTES);
        Member.Scheme scheme = new Member.Scheme(new OwnVotes(), world.verifier(), world.signatures::verify);
        this.member = world.seams.member(
                machine.id(), world.timings, scheme, new Member.Ports(this, journal, this, this, this));
    }

    void begin() {
        member.begin();
    }

    void arrive(NodeId from, Packet packet) {
        switch (packet) {
            case Packet.Consensus(Message message) -> {
                if (machine.conduct().hears(machine, from, message)) {
                    world.seams.arriving(machine, member, from, packet);
                    member.receive(from, message);
                }
            }
            case Packet.Ask(long height) -> world.network.send(machine.id(), from, answer(height));
            case Packet.Blocks(var blocks) -> add(from, blocks);
        }
    }

    /** The vote key of the own seat, if it is here. */
    Optional<KeyPair> voteKey(Committee committee) {
        return SeatWork.key(keys, committee, machine.id());
    }

    /** With the cheaper signatures of a simulation, by the keys of production. */
    private final class OwnVotes implements Member.OwnVotes {
        @Override
        public boolean canVote(Committee committee) {
            return voteKey(committee).isPresent();
        }

        @Override
        public Signature sign(Ballot ballot) {
            KeyPair key = voteKey(chain.committee(ballot.height())).orElseThrow();
            return world.signatures.sign(key.id(), ballot);
        }
    }

    private byte[] seed() {
        ByteBuffer seed = ByteBuffer.allocate(32);
        while (seed.hasRemaining()) {
            seed.putLong(machine.dice.bits());
        }
        return seed.array();
    }

    /** After a block: registers keys if it is time to. */
    private void workForSeat() {
        if (machine.attendsNow()) {
            chain.read(view -> seat.after(view.state(), chain.height()))
                    .ifPresent(body -> world.wish(new World.Wish(machine.key, body)));
        }
    }

    // ---- Blocks that were missed

    private Packet answer(long from) {
        List<SealedBlock> blocks = new ArrayList<>();
        for (long height = from; height <= chain.height() && blocks.size() < BLOCKS_OF_AN_ANSWER; height++) {
            blocks.add(machine.store.sealed(height).orElseThrow());
        }
        return new Packet.Blocks(machine.conduct().serves(machine, blocks));
    }

    private void add(NodeId from, List<SealedBlock> blocks) {
        for (SealedBlock block : blocks) {
            if (block.height() == chain.height() + 1) {
                Optional<String> refusal = append(block);
                if (refusal.isPresent() && machine.isHonest() && world.isHonest(from)) {
                    world.safety.violated(
                            machine.id().shortHex() + " refuses a block of an honest member: " + refusal.get());
                }
            }
        }
        member.begin();
        if (blocks.size() == BLOCKS_OF_AN_ANSWER) {
            ask(from);
        }
    }

    private void ask(NodeId peer) {
        if (world.events.nowMs() - askedMs >= ASK_AGAIN_MS) {
            askedMs = world.events.nowMs();
            world.network.send(machine.id(), peer, new Packet.Ask(chain.height() + 1));
        }
    }

    // ---- Ledger

    @Override
    public BlockHeader tip() {
        return chain.tip();
    }

    @Override
    public Committee committee(long height) {
        return chain.committee(height);
    }

    @Override
    public Optional<Block> build(int view) {
        return voteKey(chain.committee(chain.height() + 1))
                .flatMap(vote -> machine.conduct()
                        .builds(
                                machine,
                                chain,
                                chain.build(new Proposer(machine.key, vote), view, nowMs(), transactions())
                                        .block()));
    }

    private List<SignedTransaction> transactions() {
        List<SignedTransaction> out = new ArrayList<>();
        int count = machine.dice.below(world.transfers + 1);
        for (KeyPair sender : machine.dice.shuffled(world.accounts).subList(0, count)) {
            NodeId to = machine.dice.pick(world.accounts).id();
            out.add(sign(
                    sender, 0, new TransactionBody.Transfer(to, Amount.of(1 + machine.dice.below(1000)), Bytes.EMPTY)));
        }
        Map<KeyPair, Integer> ahead = new HashMap<>();
        world.wishes.forEach(wish ->
                out.add(sign(wish.sender(), ahead.merge(wish.sender(), 1, Integer::sum) - 1, wish.body())));
        return out;
    }

    private SignedTransaction sign(KeyPair sender, int ahead, TransactionBody body) {
        long nonce = chain.read(view -> view.account(sender.id()).nonce()) + ahead;
        return new Transaction(sender.id(), nonce, Long.MAX_VALUE, BaseFee.MOST, body)
                .sign(sender, world.rules.network());
    }

    @Override
    public Optional<String> judge(Block block) {
        return machine.conduct().judges(machine, block) ? Optional.empty() : chain.judge(block);
    }

    @Override
    public Optional<String> append(SealedBlock block) {
        return switch (chain.tryAppend(block)) {
            case Chain.Appended.Accepted accepted -> {
                world.learn(machine, chain.committees(block.height()));
                world.safety.finalized(machine, block);
                block.block()
                        .transactions()
                        .forEach(t -> world.wishes.removeIf(
                                w -> w.body().equals(t.transaction().body())));
                workForSeat();
                yield Optional.empty();
            }
            case Chain.Appended.Rejected(String reason) -> Optional.of(reason);
        };
    }

    // ---- Outbox

    @Override
    public void broadcast(Committee committee, Message message) {
        machine.send(machine.others(), message);
    }

    @Override
    public void send(NodeId to, Message message) {
        machine.send(List.of(to), message);
    }

    // ---- Clock

    @Override
    public long nowMs() {
        return world.rules.spec().timeMs() + world.events.nowMs() + machine.skewMs;
    }

    @Override
    public void arm(Timer timer, long delayMs) {
        later(delayMs, () -> member.elapsed(timer));
    }

    @Override
    public void armBuild(long height, int view, long delayMs) {
        later(delayMs, () -> member.buildNow(height, view));
    }

    private void later(long delayMs, Runnable work) {
        world.events.after(Math.round(delayMs * machine.pace), () -> {
            if (machine.runs(this)) {
                machine.perform(work);
            }
        });
    }

    // ---- Observer

    @Override
    public void missing(long height, Hash32 block) {
        if (!machine.others().isEmpty()) {
            ask(machine.dice.pick(machine.others()));
        }
    }

    @Override
    public void behind(NodeId peer, long height) {
        ask(peer);
    }

    @Override
    public void contradiction(Contradiction contradiction) {
        if (machine.isHonest()) {
            world.safety.accused(machine, contradiction);
            if (contradiction instanceof Contradiction.TwoBlocks two) { // votes are not signed for real here
                world.wish(new World.Wish(
                        world.accounts.getFirst(), new TransactionBody.ReportDoubleBlock(two.first(), two.second())));
            }
        }
    }

    @Override
    public void hostile(NodeId from, String why) {
        if (machine.isHonest() && world.isHonest(from)) {
            world.safety.violated(machine.id().shortHex() + " takes " + from.shortHex() + " for hostile: " + why);
        }
    }

    @Override
    public void decided(SealedBlock block) {
        world.events.note(block.height(), block.hash().a());
    }

    @Override
    public void broken(String why) {
        if (machine.isHonest()) {
            world.safety.violated(machine.id().shortHex() + ": " + why);
        }
    }
}
