package org.hearthnet.ledger.bench;

/** Told how far a measurement is. */
@FunctionalInterface
public interface BenchProgress {
    /** {@code done} of {@code total} of a step. */
    void at(String step, long done, long total);
}
