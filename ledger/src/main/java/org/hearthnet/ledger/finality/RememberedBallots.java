package org.hearthnet.ledger.finality;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Ballot;

/**
 * Verifies a vote once: certificates are made of votes that came before, come from every member, and are looked at again when
 * their block is stored. Remembers valid signatures only, the latest ones; a node shares one of these. Thread-safe.
 */
public final class RememberedBallots implements BallotVerifier {
    /** Votes that are remembered: more than a full committee casts in ten heights. About 1 MB. */
    static final int REMEMBERED = 1 << 12;

    private record Known(NodeId voteKey, Ballot ballot, Signature signature) {}

    private final BallotVerifier real;
    private final int most;
    private final Map<Known, Boolean> valid = new LinkedHashMap<>();

    /** Asks {@code real} about what it has not seen. */
    public RememberedBallots(BallotVerifier real) {
        this(real, REMEMBERED);
    }

    /** The same with another number of votes that are remembered. */
    public RememberedBallots(BallotVerifier real, int most) {
        this.real = real;
        this.most = most;
    }

    @Override
    public boolean verify(NodeId voteKey, Ballot ballot, Signature signature) {
        Known asked = new Known(voteKey, ballot, signature);
        synchronized (valid) {
            if (valid.containsKey(asked)) {
                return true;
            }
        }
        boolean isValid = real.verify(voteKey, ballot, signature);
        if (isValid) {
            remember(asked);
        }
        return isValid;
    }

    private void remember(Known vote) {
        synchronized (valid) {
            valid.put(vote, true);
            if (valid.size() > most) {
                valid.remove(valid.keySet().iterator().next());
            }
        }
    }
}
