package org.hearthnet.inference.exec;

/** Told how far long work is; by any thread. */
@FunctionalInterface
public interface Progress {
    /** {@code done} of {@code total} of {@code step} are done. */
    void at(String step, long done, long total);
}
