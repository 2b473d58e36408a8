package org.hearthnet.ledger.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.RememberedBallots;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.StoreException;

/**
 * Reads blocks ahead of the replay and checks their signatures on all processors, since most of an audit's time goes there and
 * no signature depends on another. It decides nothing: it only remembers which signatures are valid, and what it has not seen the
 * replay checks by itself.
 */
final class LookAhead {
    /** Most blocks read ahead. */
    static final int MAX_BLOCKS = 64;

    /** About how many transactions are read ahead; fewer than {@code SignatureCheck} remembers. */
    static final int TRANSACTIONS = 4096;

    /** Votes of as many blocks with full committees. */
    private static final int BALLOTS = MAX_BLOCKS * Committee.MAX_SEATS;

    private final Rules rules;
    private final LedgerStore store;
    private final BallotVerifier ballots;
    private final Deque<SealedBlock> ahead = new ArrayDeque<>();
    private int window = 1;

    LookAhead(Rules rules, LedgerStore store) {
        this(rules, store, BallotVerifier.ed25519(rules.network()));
    }

    LookAhead(Rules rules, LedgerStore store, BallotVerifier real) {
        this.rules = rules;
        this.store = store;
        this.ballots = new RememberedBallots(real, BALLOTS);
    }

    /**
     * The block at {@code height}, which is one more than at the last call.
     *
     * @param committees who is expected to have sealed it and those after it, as far as that is known; where it is not, or others
     *     have, signatures are checked later
     */
    Optional<SealedBlock> block(long height, LongFunction<Optional<Committee>> committees) {
        if (ahead.isEmpty() || ahead.getFirst().height() != height) {
            fill(height, committees);
        }
        return Optional.ofNullable(ahead.pollFirst());
    }

    /** Checks endorsements, those that were seen before at once. */
    BallotVerifier ballots() {
        return ballots;
    }

    private void fill(long from, LongFunction<Optional<Committee>> committees) {
        ahead.clear();
        long end = Math.min(from + window, store.height() + 1);
        List<Optional<SealedBlock>> read = LongStream.range(from, end)
                .parallel()
                .mapToObj(height -> height == from ? read(height, committees) : tryRead(height, committees))
                .toList();
        int transactions = 0;
        for (Optional<SealedBlock> block : read) {
            if (block.isEmpty()) {
                break;
            }
            ahead.add(block.get());
            transactions += block.get().block().transactions().size();
        }
        // Full blocks are read few at a time: each may have megabytes, and is checked in parallel by itself.
        int each = Math.max(1, transactions / Math.max(1, ahead.size()));
        window = Math.clamp(Math.min(TRANSACTIONS / each, 2L * window), 1, MAX_BLOCKS);
    }

    /** A block that cannot be read is reported when the replay gets there, not before. */
    private Optional<SealedBlock> tryRead(long height, LongFunction<Optional<Committee>> committees) {
        try {
            return read(height, committees);
        } catch (StoreException later) {
            return Optional.empty();
        }
    }

    private Optional<SealedBlock> read(long height, LongFunction<Optional<Committee>> committees) {
        Optional<SealedBlock> block = store.sealed(height);
        block.ifPresent(b -> {
            rules.signatures().check(b.block().transactions());
            committees.apply(height).ifPresent(committee -> endorsements(b.certificate(), committee));
        });
        return block;
    }

    private void endorsements(Certificate certificate, Committee committee) {
        for (Certificate.Endorsement e : certificate.endorsements()) {
            if (e.seat() < committee.seats().size()) {
                ballots.verify(committee.seat(e.seat()).vote(), certificate.ballot(), e.signature());
            }
        }
    }
}
