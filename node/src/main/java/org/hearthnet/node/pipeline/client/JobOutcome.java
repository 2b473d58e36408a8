package org.hearthnet.node.pipeline.client;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;

/**
 * How a job went.
 *
 * @param attempts the pipelines that were tried, in order; the last one finished
 * @param tokens the answer, the end token included if the model gave one
 * @param end why it ended
 * @param paid sum of the receipts' fees
 * @param promised sum of the highest vouchers; above {@code paid} by what was prepaid and not used
 */
@SuppressWarnings("ArrayRecordComponent")
public record JobOutcome(List<Attempt> attempts, int[] tokens, End end, Amount paid, Amount promised) {
    /** Why an answer ended. */
    public enum End {
        /** The model gave its end token. */
        END_TOKEN,
        /** The limit of tokens. */
        TOKEN_LIMIT,
        /** The reader wanted no more. */
        STOPPED
    }

    /**
     * One pipeline.
     *
     * @param job the assignment's id
     * @param assignment who ran what
     * @param receipts one for each stage, if it gave a good one
     * @param failure why it ended early
     */
    public record Attempt(
            Hash32 job, Assignment assignment, List<Optional<Receipt>> receipts, Optional<String> failure) {
        /** Copies the list. */
        public Attempt {
            receipts = List.copyOf(receipts);
        }
    }

    /** The id under which the job is reported: that of its last pipeline. */
    public Hash32 id() {
        return attempts.getLast().job();
    }
}
