package org.hearthnet.ledger.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimReportTest {
    private static SimResult result(long seed, boolean live, String... violations) {
        return new SimResult(seed, "", List.of(violations), live, 0, 0, 0, 0);
    }

    @Test
    void failuresAreCountedByKind() {
        SimReport report = SimReport.of(9, List.of(result(2, true, "a", "b"), result(5, false), result(7, false, "c")));
        assertEquals(9, report.runs());
        assertEquals(2, report.safetyViolations());
        assertEquals(2, report.livenessFailures());
        assertEquals(List.of(2L, 5L, 7L), report.failedSeeds());
    }

    @Test
    void everySeedIsRunOnce() {
        AtomicLong done = new AtomicLong();
        SimReport report = SimReport.of(20, 24, now -> done.incrementAndGet());
        assertEquals(new SimReport(5, 0, 0, List.of()), report);
        assertEquals(5, done.get());
    }
}
