package org.hearthnet.ledger.member;

import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.consensus.Simplex;
import org.hearthnet.ledger.consensus.Timings;

/** Members with another core than the production one. */
public final class TestMember {
    private TestMember() {}

    /** A member around {@code simplex}. */
    public static Member of(NodeId self, Timings timings, Member.Scheme scheme, Member.Ports ports, Simplex simplex) {
        return new Member(timings, scheme, ports, simplex);
    }
}
