package org.hearthnet.ledger.consensus;

import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.finality.Ballot;
import org.hearthnet.ledger.finality.Certificate;

/** What a member must not forget, even if it is killed in the next instant: kept on disk before it is sent. */
public sealed interface Promise {
    /** The encoding. */
    Codec<Promise> CODEC = Codec.of(Promise.class);

    /** The height it binds at. */
    long height();

    /** A ballot was cast. */
    @Tag(0)
    record Cast(Ballot ballot) implements Promise {
        @Override
        public long height() {
            return ballot.height();
        }
    }

    /** A block was made for a view. */
    @Tag(1)
    record Proposed(long height, int view, Hash32 block) implements Promise {}

    /** A proposal is about to be notarized: a quorum that has lost the block could neither finalize nor leave it. */
    @Tag(2)
    record Seen(Message.Proposal proposal) implements Promise {
        @Override
        public long height() {
            return proposal.height();
        }
    }

    /**
     * A ballot to finalize is about to be cast: whoever cast it may never nullify the view, so it must always be able to
     * show others the other way out of it. Who voted may be gone or unwilling to vote again.
     */
    @Tag(3)
    record Notarized(Certificate certificate) implements Promise {
        @Override
        public long height() {
            return certificate.ballot().height();
        }
    }

    /**
     * As {@link Seen}, of a block that was kept before: proposed in view after view it must not fill the disk.
     *
     * @param lock the notarization with which it was proposed
     */
    @Tag(4)
    record SeenAgain(int view, Certificate lock) implements Promise {
        @Override
        public long height() {
            return lock.ballot().height();
        }
    }
}
