package org.hearthnet.ledger.sim;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.state.transition.Proposer;
import org.hearthnet.ledger.store.StoreException;
import org.jspecify.annotations.Nullable;

/** A member's machine: what is on its disks outlives the process that runs on it. */
final class Machine implements Network.Port {
    private static final long MIN_DOWN_MS = 20;
    private static final long MAX_DOWN_MS = 1500;

    final World world;
    final KeyPair key;
    final Dice dice;
    final SimDisk disk;
    final SimDisk keyDisk;
    final SimStore store;

    /** How far the clock is off. */
    final long skewMs;

    /** How fast the clock goes: timers take this many times as long. */
    final double pace;

    private final Conduct conduct;
    private long attendsFromMs;
    private long attendsUntilMs = Long.MAX_VALUE;
    private @Nullable Process process;

    Machine(World world, KeyPair key, Conduct conduct, long skewMs, double pace) {
        this.world = world;
        this.key = key;
        this.conduct = conduct;
        this.skewMs = skewMs;
        this.pace = pace;
        this.dice = world.dice.split();
        this.disk = new SimDisk(dice.split());
        this.keyDisk = new SimDisk(dice.split());
        this.store = new SimStore(dice.split());
    }

    @Override
    public NodeId id() {
        return key.id();
    }

    Conduct conduct() {
        return conduct;
    }

    boolean isHonest() {
        return conduct.isHonest();
    }

    boolean isUp() {
        return process != null;
    }

    boolean runs(Process which) {
        return process == which;
    }

    /** The height of the last final block on disk. */
    long height() {
        return store.height();
    }

    void setLossRate(double rate) {
        disk.setLossRate(rate);
        keyDisk.setLossRate(rate);
        store.setLossRate(rate);
    }

    void start() {
        if (process == null) {
            perform(() -> {
                Process next = new Process(this);
                process = next;
                next.begin();
            });
        }
    }

    /** The power goes, and comes back a while later. */
    void crash() {
        world.events.note(-1);
        process = null;
        disk.crash();
        keyDisk.crash();
        world.events.after(dice.between(MIN_DOWN_MS, MAX_DOWN_MS), this::start);
    }

    /** Does something that a loss of power may interrupt. */
    void perform(Runnable work) {
        try {
            work.run();
        } catch (PowerLoss e) {
            crash();
        } catch (StoreException e) {
            // Its disk has done nothing that a disk may not do.
            world.safety.violated(id().shortHex() + " cannot use what it has stored: " + e.getMessage());
        }
    }

    @Override
    public void arrive(NodeId from, Packet packet) {
        Process now = process;
        if (now != null) {
            perform(() -> now.arrive(from, packet));
        }
    }

    /** Does what the conduct makes of a member's message. */
    void send(List<NodeId> to, Message message) {
        conduct.send(this, to, message);
    }

    /** Puts a message on the wire as it is. */
    void transmit(NodeId to, Message message) {
        world.safety.seen(message);
        if (isHonest()) {
            world.safety.sent(this, message);
        }
        world.network.send(id(), to, new Packet.Consensus(message));
    }

    /** A vote of this machine's seat. */
    Message.Ballots vote(Ballot ballot) {
        NodeId voteKey = proposer(ballot.height()).vote().id();
        return new Message.Ballots(new Vote(ballot, id(), world.signatures.sign(voteKey, ballot)));
    }

    /** The keys of its seat at a height; the account's own where it has none. */
    Proposer proposer(long height) {
        Process now = process;
        return new Proposer(
                key,
                world.committee(height)
                        .flatMap(committee -> now == null ? Optional.empty() : now.voteKey(committee))
                        .orElse(key));
    }

    /** When, in virtual time, it begins and ends to register keys for a seat. */
    void attends(long fromMs, long untilMs) {
        attendsFromMs = fromMs;
        attendsUntilMs = untilMs;
    }

    boolean attendsNow() {
        return world.seatsByBond() && world.events.nowMs() >= attendsFromMs && world.events.nowMs() < attendsUntilMs;
    }

    List<NodeId> others() {
        return world.others(id());
    }
}
