package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.primitive.NodeId;

/** Links between machines: they lose, double, delay and so re-order packets, and can be cut in either direction. */
final class Network {
    /** Where packets arrive. */
    interface Port {
        NodeId id();

        void arrive(NodeId from, Packet packet);
    }

    private record Link(NodeId from, NodeId to) {}

    private final Events events;
    private final Dice dice;
    private final List<Port> ports = new ArrayList<>();
    private final Set<Link> cut = new HashSet<>();
    private double lossRate;
    private double doubleRate;
    private long minDelayMs = 1;
    private long maxDelayMs = 1;

    Network(Events events, Dice dice) {
        this.events = events;
        this.dice = dice;
    }

    /** Adds a machine; several may have one id. */
    void add(Port port) {
        ports.add(port);
    }

    void setRates(double loss, double twice) {
        lossRate = loss;
        doubleRate = twice;
    }

    void setDelay(long minMs, long maxMs) {
        minDelayMs = minMs;
        maxDelayMs = maxMs;
    }

    void cut(NodeId from, NodeId to) {
        cut.add(new Link(from, to));
    }

    void mend() {
        cut.clear();
    }

    void send(NodeId from, NodeId to, Packet packet) {
        if (cut.contains(new Link(from, to)) || dice.chance(lossRate)) {
            return;
        }
        int copies = dice.chance(doubleRate) ? 2 : 1;
        for (Port port : ports) {
            if (port.id().equals(to)) {
                for (int i = 0; i < copies; i++) {
                    long delayMs = dice.between(minDelayMs, maxDelayMs);
                    events.after(delayMs, () -> port.arrive(from, packet));
                }
            }
        }
    }
}
