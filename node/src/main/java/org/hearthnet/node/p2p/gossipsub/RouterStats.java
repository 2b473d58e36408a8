package org.hearthnet.node.p2p.gossipsub;

/**
 * Figures of a router. Counts since its start, unless said otherwise.
 *
 * @param peers connected now
 * @param topics joined now
 * @param seen messages remembered now
 * @param cached messages kept for IWANT now
 * @param cachedBytes bytes of them
 * @param published own messages
 * @param received messages that came, copies included
 * @param unreadable messages that broke the signing policy
 * @param duplicates copies of known messages
 * @param accepted messages that validation let pass
 * @param rejected messages that it blamed somebody for
 * @param ignored messages that it dropped, or of topics that are not joined
 * @param throttled messages that found no room for validation
 * @param forwarded copies sent, own messages included, answers to IWANT not
 * @param notWanted copies saved by IDONTWANT
 * @param grafts GRAFTs sent
 * @param prunes PRUNEs sent
 * @param announced IHAVEs sent
 * @param wanted ids asked for by IWANT
 * @param served messages sent as answers to IWANT
 * @param broken promises of others that they did not keep
 * @param misbehaviour times that P7 was raised
 * @param graylisted RPCs ignored for their sender's score
 */
public record RouterStats(
        int peers,
        int topics,
        int seen,
        int cached,
        long cachedBytes,
        long published,
        long received,
        long unreadable,
        long duplicates,
        long accepted,
        long rejected,
        long ignored,
        long throttled,
        long forwarded,
        long notWanted,
        long grafts,
        long prunes,
        long announced,
        long wanted,
        long served,
        long broken,
        long misbehaviour,
        long graylisted) {
    static RouterStats of(RouterState state, int topics) {
        RouterCounters c = state.counters;
        return new RouterStats(
                state.neighbours.size(),
                topics,
                state.deliveries.size(),
                state.cache.size(),
                state.cache.bytes(),
                c.published,
                c.received,
                c.unreadable,
                c.duplicates,
                c.accepted,
                c.rejected,
                c.ignored,
                c.throttled,
                c.forwarded,
                c.notWanted,
                c.grafts,
                c.prunes,
                c.announced,
                c.wanted,
                c.served,
                c.broken,
                c.misbehaviour,
                c.graylisted);
    }
}
