package org.hearthnet.node.p2p.gossipsub;

/** What a router has counted since it was made; one thread. */
final class RouterCounters {
    long published;
    long received;
    long unreadable;
    long duplicates;
    long accepted;
    long rejected;
    long ignored;
    long throttled;
    long forwarded;
    long grafts;
    long prunes;
    long announced;
    long wanted;
    long served;
    long broken;
    long misbehaviour;
    long graylisted;
    long notWanted;
}
