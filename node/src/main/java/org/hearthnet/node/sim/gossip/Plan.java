package org.hearthnet.node.sim.gossip;

/**
 * What a run is like. Times in milliseconds.
 *
 * @param peers in the network at any time, attackers included
 * @param attack what attackers do
 * @param attackers percent of the peers that attack, none without an attack
 * @param warmUpMs before the first message that counts: links and meshes form
 * @param messages that honest peers publish
 * @param pauseMs between two of them
 * @param fastestMs shortest latency of a link
 * @param slowestMs longest latency of a link
 * @param lossPercent of what is sent that never arrives
 * @param replacedPer10Min percent of the peers that are replaced by new ones in 10 minutes
 * @param dials connections that a peer opens by itself
 * @param maxLinks connections that a peer has at most
 */
public record Plan(
        int peers,
        Attack attack,
        int attackers,
        long warmUpMs,
        int messages,
        long pauseMs,
        int fastestMs,
        int slowestMs,
        int lossPercent,
        int replacedPer10Min,
        int dials,
        int maxLinks) {
    /** Within which a message must be everywhere if nobody attacks. */
    public static final long CALM_MS = 3_000;
    /** The same under attack. */
    public static final long ATTACKED_MS = 6_000;

    public Plan {
        if (peers < 10 || messages < 1 || dials < 1 || maxLinks < dials || fastestMs > slowestMs) {
            throw new IllegalArgumentException("a network of at least ten peers, with messages and links");
        }
    }

    /** The network that the figures are given for: half a second between messages, half a minute until the first. */
    public static Plan of(int peers, Attack attack, int messages) {
        int attackers = attack == Attack.NONE ? 0 : 20;
        return new Plan(peers, attack, attackers, 30_000, messages, 500, 20, 150, 1, 20, 10, 40);
    }

    /** Within which a message must be everywhere. */
    public long limitMs() {
        return attack == Attack.NONE ? CALM_MS : ATTACKED_MS;
    }
}
