package org.hearthnet.ledger.consensus;

import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.SignedHeader;
import org.hearthnet.ledger.finality.Vote;

/** Two signed statements of which an honest member makes at most one. */
public sealed interface Contradiction {
    /** Who made them. */
    NodeId guilty();

    /** Two ballots, see {@link org.hearthnet.ledger.finality.Ballot#contradicts}. */
    record TwoVotes(Vote first, Vote second) implements Contradiction {
        @Override
        public NodeId guilty() {
            return first.voter();
        }
    }

    /** Two blocks of one view. */
    record TwoBlocks(SignedHeader first, SignedHeader second) implements Contradiction {
        @Override
        public NodeId guilty() {
            return first.header().proposer();
        }
    }
}
