package org.hearthnet.ledger.consensus;

import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.Vote;

/** What members of a committee send to one another. */
public sealed interface Message {
    /** The encoding. */
    Codec<Message> CODEC = Codec.of(Message.class);

    /** Largest encoding in bytes: a block and a certificate. */
    int MAX_BYTES = Block.MAX_BYTES + 16 * 1024;

    /** The height it is about. */
    long height();

    /**
     * A block to vote for in a view.
     *
     * @param view in which
     * @param block made in this view, or an earlier one that was notarized
     * @param lock the notarization, if the block is of an earlier view
     */
    @Tag(0)
    record Proposal(int view, Block block, Optional<Certificate> lock) implements Message {
        @Override
        public long height() {
            return block.height();
        }
    }

    /** One member's vote. */
    @Tag(1)
    record Ballots(Vote vote) implements Message {
        @Override
        public long height() {
            return vote.ballot().height();
        }
    }

    /** A quorum's. */
    @Tag(2)
    record Certified(Certificate certificate) implements Message {
        @Override
        public long height() {
            return certificate.ballot().height();
        }
    }

    /**
     * Where the sender stands: an answer brings what it lacks.
     *
     * @param height the height it works on
     * @param view its view there
     * @param missing the first view of which it needs certificates
     */
    @Tag(3)
    record Status(long height, int view, int missing) implements Message {}
}
