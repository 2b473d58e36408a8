package org.hearthnet.node.p2p.gossipsub;

/**
 * Sizes and times of the overlay, named as in the specifications (v1.0, Parameters; v1.1, Overview of New Parameters). Times in
 * milliseconds.
 *
 * @param d peers wanted in a topic's mesh
 * @param dLo fewer are filled up
 * @param dHi more are cut back; with so few peers in a topic all of them are wanted in its mesh, as nothing waits for a
 *     heartbeat then
 * @param dScore peers that stay by score when a mesh is cut back
 * @param dOut peers in a mesh that this side has dialled
 * @param dLazy least number of peers that gossip goes to
 * @param gossipFactor part of the peers that gossip goes to
 * @param heartbeatMs between heartbeats
 * @param fanoutTtlMs how long peers of a topic are remembered that this side publishes to without joining it
 * @param cacheWindows heartbeats that messages are kept for IWANT
 * @param gossipWindows heartbeats that messages are announced for
 * @param seenTtlMs how long a message is remembered as seen
 * @param pruneBackoffMs before a pruned peer is grafted again
 * @param unsubscribeBackoffMs the same after leaving a topic
 * @param graftFloodMs a GRAFT so soon after a PRUNE is blamed twice
 * @param iwantFollowupMs within which what was asked for by IWANT must come
 * @param opportunisticTicks heartbeats between attempts at opportunistic grafting
 * @param opportunisticPeers peers grafted by one
 * @param prunePeers peers offered with a PRUNE
 * @param floodPublish whether own messages go to all peers of a topic
 * @param dontWantBytes size from which IDONTWANT is sent
 */
public record MeshParams(
        int d,
        int dLo,
        int dHi,
        int dScore,
        int dOut,
        int dLazy,
        double gossipFactor,
        long heartbeatMs,
        long fanoutTtlMs,
        int cacheWindows,
        int gossipWindows,
        long seenTtlMs,
        long pruneBackoffMs,
        long unsubscribeBackoffMs,
        long graftFloodMs,
        long iwantFollowupMs,
        int opportunisticTicks,
        int opportunisticPeers,
        int prunePeers,
        boolean floodPublish,
        int dontWantBytes) {
    public MeshParams {
        if (dOut >= dLo || dOut > d / 2 || dLo > d || d > dHi || dScore > d || dOut < 0) {
            throw new IllegalArgumentException("degrees must be dOut < dLo <= d <= dHi, dOut <= d / 2, dScore <= d");
        }
        if (gossipWindows > cacheWindows || gossipWindows < 1 || heartbeatMs < 1 || prunePeers > RpcCodec.MAX_PEERS) {
            throw new IllegalArgumentException("gossip of messages that are no longer kept, or nonsensical times");
        }
    }

    /**
     * The defaults of the specification, except for the degrees, which are those that Ethereum's consensus layer uses for
     * faster delivery (phase 0 p2p interface: D 8, D_low 6, D_high 12), with a {@code dHi} that takes in a small committee.
     */
    public static final MeshParams DEFAULT = new MeshParams(
            8, 6, 16, 6, 3, 8, 0.25, 1_000, 60_000, 6, 3, 120_000, 60_000, 10_000, 10_000, 3_000, 60, 2, 16, true,
            1024);
}
