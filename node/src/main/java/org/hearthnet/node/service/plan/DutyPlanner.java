package org.hearthnet.node.service.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.ledger.state.Duty;

/**
 * What a node does about its duties after a block: a function of what the ledger says and of how far the process is. The
 * ledger is the queue: whatever does not get a worker now is planned again at the next block, the nearest deadline first.
 */
public final class DutyPlanner {
    /** Bonds hang on disputes, only rewards on duties; then who has the least time, then a fixed order. */
    private static final Comparator<DutyCase> URGENCY = Comparator.<DutyCase, Boolean>comparing(
                    c -> c.dispute().isEmpty())
            .thenComparing(c -> c.duty().deadline())
            .thenComparing(c -> c.id().toHex());

    private final NodeId self;
    private final DutyLimits limits;

    /** Plans for {@code self}. */
    public DutyPlanner(NodeId self, DutyLimits limits) {
        this.self = self;
        this.limits = limits;
    }

    /** The step that {@code on} waits for from this node, if it does. */
    public Optional<DutyStep> step(DutyCase on) {
        return kind(on).map(k -> new DutyStep(on.id(), k, k.isMove() ? on.dispute() : Optional.empty()));
    }

    private Optional<DutyStep.Kind> kind(DutyCase on) {
        Duty duty = on.duty();
        boolean verifies = duty.verifier().equals(self);
        boolean executes = duty.executor().equals(self);
        return switch (duty.phase()) {
            case DRAWN -> only(verifies, DutyStep.Kind.VERDICT);
            case ANSWER -> only(executes, DutyStep.Kind.ANSWER);
            case REVEAL -> only(verifies, DutyStep.Kind.REVEAL);
            case DISPUTE ->
                on.dispute().flatMap(waits -> {
                    boolean executorsTurn = waits.party() == DisputeParty.EXECUTOR;
                    return executorsTurn
                            ? only(executes, DutyStep.Kind.DEFEND)
                            : only(verifies, DutyStep.Kind.CHALLENGE);
                });
            case OPINION, CLOSED -> Optional.empty();
        };
    }

    private static Optional<DutyStep.Kind> only(boolean mine, DutyStep.Kind kind) {
        return mine ? Optional.of(kind) : Optional.empty();
    }

    /**
     * What to begin now.
     *
     * @param progress how far this process is with each step that it has begun
     * @param freeWorkers how many heavy actions may begin
     */
    public List<DutyAction> plan(DutyView view, Map<DutyStep, Progress> progress, int freeWorkers) {
        List<DutyAction> out = new ArrayList<>();
        int free = freeWorkers;
        for (DutyCase on : view.cases().stream().sorted(URGENCY).toList()) {
            Optional<DutyAction> action = action(on, view.height(), progress);
            if (action.isEmpty() || action.get().isHeavy() && free <= 0) {
                continue;
            }
            free -= action.get().isHeavy() ? 1 : 0;
            out.add(action.get());
        }
        return out;
    }

    private Optional<DutyAction> action(DutyCase on, long height, Map<DutyStep, Progress> progress) {
        // What is sent now is in the next block at the earliest.
        if (height >= on.duty().deadline()) {
            return Optional.empty();
        }
        return step(on).flatMap(step -> switch (progress.get(step)) {
            case null -> Optional.of(begin(on, step));
            case Progress.Running running -> Optional.empty();
            case Progress.Posted posted -> Optional.empty();
            case Progress.Failed failed -> again(on, step, failed, height);
        });
    }

    private static DutyAction begin(DutyCase on, DutyStep step) {
        return switch (step.kind()) {
            case VERDICT -> new DutyAction.Check(on, step);
            case ANSWER -> new DutyAction.Answer(on, step);
            case REVEAL -> new DutyAction.Reveal(on, step);
            case DEFEND -> new DutyAction.Defend(on, step);
            case CHALLENGE -> new DutyAction.Challenge(on, step);
        };
    }

    private Optional<DutyAction> again(DutyCase on, DutyStep step, Progress.Failed failed, long height) {
        // Only a verdict can say that something was not served.
        boolean verdict = step.kind() == DutyStep.Kind.VERDICT;
        boolean late = on.duty().deadline() - height <= limits.giveUpBlocks();
        boolean over = failed.why() == Progress.Why.UNSERVABLE || failed.why() == Progress.Why.UNSERVED && late;
        return verdict && over ? Optional.of(new DutyAction.GiveUp(on, step)) : retry(on, step, failed, height);
    }

    private Optional<DutyAction> retry(DutyCase on, DutyStep step, Progress.Failed failed, long height) {
        return height - failed.height() >= limits.retryBlocks() ? Optional.of(begin(on, step)) : Optional.empty();
    }
}
