package org.hearthnet.node.service.duty;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hearthnet.node.service.plan.DutyStep;
import org.hearthnet.node.service.plan.Progress;

/** How far this process is with the steps of open duties. Bounded by them; lost at a restart, and then made again. */
final class ProgressBook {
    private final Map<DutyStep, Progress> book = new HashMap<>();
    private final Map<DutyStep, String> reasons = new HashMap<>();

    synchronized void put(DutyStep step, Progress progress) {
        book.put(step, progress);
    }

    /** Notes a failure; whether {@code reason} is news, as people need not read the same at every attempt. */
    synchronized boolean put(DutyStep step, Progress.Failed failed, String reason) {
        book.put(step, failed);
        return !reason.equals(reasons.put(step, reason));
    }

    /** Forgets the steps that no duty waits for any more, and returns what is left. */
    synchronized Map<DutyStep, Progress> retain(Set<DutyStep> waiting) {
        book.keySet().retainAll(waiting);
        reasons.keySet().retainAll(waiting);
        return Map.copyOf(book);
    }
}
