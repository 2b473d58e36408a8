package org.hearthnet.node.pipeline.text;

/** Told how a job in text goes, on the job's own thread. */
public interface TextListener {
    /** More of the answer. */
    void text(String piece);

    /** Something people may want to know. */
    default void note(String line) {}

    /** Whether the reader is gone; asked after each token. */
    default boolean cancelled() {
        return false;
    }
}
