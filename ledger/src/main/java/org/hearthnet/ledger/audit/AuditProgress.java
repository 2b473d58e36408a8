package org.hearthnet.ledger.audit;

/** Hears how far an audit is. */
@FunctionalInterface
public interface AuditProgress {
    /** Hears nothing. */
    AuditProgress NONE = (step, done, total) -> {};

    /**
     * One more unit of a step is done.
     *
     * @param step what is going on, for people
     * @param done units done
     * @param total all units
     */
    void at(String step, long done, long total);
}
