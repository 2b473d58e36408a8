package org.hearthnet.node.sim.gossip;

/**
 * What became of one run.
 *
 * @param seed which decides everything about it
 * @param attack what attackers did
 * @param peers in the network
 * @param messages that honest peers published
 * @param wholePercent messages that reached all honest peers in time, of peers that had a link when it was published and did
 *     not leave before the end
 * @param inTimePercent the same of single pairs of message and peer
 * @param limitMs what "in time" means
 * @param medianMs from publishing to delivery
 * @param p99Ms 99 of 100 took no longer; -1 if more did not arrive at all
 * @param slowestMs the longest; -1 if one did not arrive at all
 * @param amplification copies of a message that honest peers sent, for each that had to arrive
 * @param byteAmplification bytes of all kinds that honest peers sent, for each that had to arrive
 * @param honestShunned honest peers that an honest peer graylisted
 * @param attackersShunned attackers that an honest peer graylisted
 */
public record GossipResult(
        long seed,
        Attack attack,
        int peers,
        int messages,
        double wholePercent,
        double inTimePercent,
        long limitMs,
        long medianMs,
        long p99Ms,
        long slowestMs,
        double amplification,
        double byteAmplification,
        long honestShunned,
        long attackersShunned) {
    /** What must hold: the messages that reached everybody in time, percent. */
    public static final double REQUIRED_PERCENT = 99;

    /** Whether enough messages reached all honest peers in time. */
    public boolean isGood() {
        return wholePercent >= REQUIRED_PERCENT;
    }
}
