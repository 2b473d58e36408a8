package org.hearthnet.node.pipeline.client;

/** Told how a job goes, on the job's own thread. */
public interface JobListener {
    /** The next token of the answer, signed by the last stage. */
    void token(int token);

    /** Something people may want to know: a plan, a failover. */
    void note(String line);

    /** Whether the reader wants no more; asked after each token. */
    default boolean enough() {
        return false;
    }
}
