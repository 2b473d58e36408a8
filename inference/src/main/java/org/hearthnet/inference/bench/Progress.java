package org.hearthnet.inference.bench;

/** Told how far a measurement is. */
@FunctionalInterface
public interface Progress {
    /** {@code done} of {@code total} of {@code step} are done. */
    void at(String step, long done, long total);
}
