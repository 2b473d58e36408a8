package org.hearthnet.node.p2p.gossipsub;

/**
 * How much a router remembers and takes on.
 *
 * @param peers connected peers
 * @param topics topics that this side joins
 * @param topicsPerPeer topics of one peer that are remembered
 * @param seen messages remembered as seen
 * @param cachedMessages messages kept for IWANT
 * @param cachedBytes bytes of them
 * @param validating messages of one topic under validation
 * @param validatingBytes bytes of them
 * @param validatingPerPeer messages of one peer under validation
 * @param ihaveMessages IHAVE entries of one peer listened to between heartbeats
 * @param ihaveIds ids asked of one peer between heartbeats
 * @param iwantBytes bytes of answers to IWANT of one peer between heartbeats
 * @param retransmissions answers to IWANT of one peer for the same message
 * @param dontWantIds IDONTWANT ids of one peer that are remembered
 * @param backoffs pairs of topic and peer that may not be grafted for now
 * @param retained scores kept of peers that left
 */
public record RouterLimits(
        int peers,
        int topics,
        int topicsPerPeer,
        int seen,
        int cachedMessages,
        long cachedBytes,
        int validating,
        long validatingBytes,
        int validatingPerPeer,
        int ihaveMessages,
        int ihaveIds,
        long iwantBytes,
        int retransmissions,
        int dontWantIds,
        int backoffs,
        int retained) {
    private static final long MIB = 1024 * 1024;

    public RouterLimits {
        int least = Math.min(Math.min(Math.min(peers, topics), Math.min(topicsPerPeer, seen)), cachedMessages);
        int next = Math.min(Math.min(validating, validatingPerPeer), Math.min(ihaveMessages, ihaveIds));
        int last = Math.min(Math.min(retransmissions, dontWantIds), Math.min(backoffs, retained));
        if (Math.min(Math.min(least, next), last) < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
        if (Math.min(Math.min(cachedBytes, validatingBytes), iwantBytes) < RpcCodec.MAX_RPC) {
            throw new IllegalArgumentException("limits of bytes let at least the largest message pass");
        }
    }

    public static final RouterLimits DEFAULT = new RouterLimits(
            128, 64, 128, 65_536, 8_192, 32 * MIB, 2_048, 16 * MIB, 1_024, 20, 5_000, 8 * MIB, 3, 512, 8_192, 1_024);
}
