package org.hearthnet.ledger.consensus;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.finality.Ballot;

/** Planted error: proposes, and notarizes, new blocks though that of an earlier view may be final. */
public final class ForgottenLock {
    private ForgottenLock() {}

    private static final class Forgetful extends Round {
        Forgetful(long height, Committee committee, List<Promise> promises) {
            super(height, committee, promises);
        }

        @Override
        boolean nullified(int from, int to) {
            return true;
        }

        @Override
        Optional<Message.Proposal> reproposal() {
            return Optional.empty();
        }
    }

    /** A member's core with this error. */
    public static Simplex simplex(NodeId self, Timings timings, Function<Ballot, Signature> signer) {
        return new Simplex(self, timings, signer, Forgetful::new);
    }
}
