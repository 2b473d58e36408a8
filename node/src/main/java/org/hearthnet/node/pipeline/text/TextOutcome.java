package org.hearthnet.node.pipeline.text;

import org.hearthnet.node.pipeline.client.JobOutcome;

/**
 * How a job in text went.
 *
 * @param text the answer
 * @param promptTokens length of the prompt
 * @param job the job
 * @param report what was written down of it
 */
public record TextOutcome(String text, int promptTokens, JobOutcome job, JobReport report) {
    /** Whether it ended for want of room, not because it was complete. */
    public boolean cutOff() {
        return job.end() == JobOutcome.End.TOKEN_LIMIT;
    }
}
