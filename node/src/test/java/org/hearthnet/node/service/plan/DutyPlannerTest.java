package org.hearthnet.node.service.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputePhase;
import org.hearthnet.ledger.state.Duty;
import org.junit.jupiter.api.Test;

class DutyPlannerTest {
    private static final NodeId SELF = node(1);
    private static final NodeId OTHER = node(2);
    private static final DutyLimits LIMITS = new DutyLimits(5, 2);
    private static final DutyPlanner PLANNER = new DutyPlanner(SELF, LIMITS);

    private static NodeId node(int number) {
        return new NodeId(Hashing.in("test").add(number).finish());
    }

    private static DutyCase duty(int index, Duty.Phase phase, NodeId verifier, NodeId executor, long deadline) {
        Duty duty = new Duty(
                Hash32.ZERO,
                index,
                executor,
                verifier,
                Hash32.ZERO,
                phase,
                deadline,
                0,
                0,
                List.of(),
                Hash32.ZERO,
                Optional.empty(),
                Duty.Outcome.OPEN);
        return new DutyCase(duty.id(), duty, Optional.empty(), true);
    }

    private static DutyCase dispute(DisputePhase waits, NodeId verifier, NodeId executor) {
        DutyCase base = duty(9, Duty.Phase.DISPUTE, verifier, executor, 100);
        return new DutyCase(base.id(), base.duty(), Optional.of(waits), true);
    }

    private static List<DutyAction> plan(long height, Map<DutyStep, Progress> progress, int free, DutyCase... cases) {
        return PLANNER.plan(new DutyView(height, List.of(cases)), progress, free);
    }

    private static DutyAction only(List<DutyAction> actions) {
        assertEquals(1, actions.size(), actions::toString);
        return actions.getFirst();
    }

    private static DutyStep step(DutyCase on) {
        return PLANNER.step(on).orElseThrow();
    }

    @Test
    void eachPhaseAsksOneParty() {
        for (Duty.Phase phase : Duty.Phase.values()) {
            boolean asVerifier =
                    !plan(10, Map.of(), 1, duty(0, phase, SELF, OTHER, 100)).isEmpty();
            boolean asExecutor =
                    !plan(10, Map.of(), 1, duty(0, phase, OTHER, SELF, 100)).isEmpty();
            assertEquals(phase == Duty.Phase.DRAWN || phase == Duty.Phase.REVEAL, asVerifier, phase::name);
            assertEquals(phase == Duty.Phase.ANSWER, asExecutor, phase::name);
        }
    }

    @Test
    void inADisputeThePartyWhoseTurnItIsMoves() {
        for (DisputePhase waits : DisputePhase.values()) {
            var challenges = plan(10, Map.of(), 1, dispute(waits, SELF, OTHER));
            var defends = plan(10, Map.of(), 1, dispute(waits, OTHER, SELF));
            boolean executorsTurn = waits.name().startsWith("SHOW");
            assertEquals(executorsTurn, challenges.isEmpty(), waits::name);
            assertEquals(!executorsTurn, defends.isEmpty(), waits::name);
        }
    }

    @Test
    void movesOfOneDisputeAreDifferentSteps() {
        DutyStep first = step(dispute(DisputePhase.SHOW_LAYERS, OTHER, SELF));
        DutyStep later = step(dispute(DisputePhase.SHOW_VECTOR, OTHER, SELF));
        var progress = Map.<DutyStep, Progress>of(first, new Progress.Posted());
        assertTrue(plan(10, progress, 1, dispute(DisputePhase.SHOW_LAYERS, OTHER, SELF))
                .isEmpty());
        assertEquals(
                later,
                only(plan(10, progress, 1, dispute(DisputePhase.SHOW_VECTOR, OTHER, SELF)))
                        .step());
    }

    @Test
    void whatIsUnderWayIsNotBegunAgain() {
        DutyCase on = duty(0, Duty.Phase.DRAWN, SELF, OTHER, 100);
        assertTrue(plan(10, Map.of(step(on), new Progress.Running()), 1, on).isEmpty());
        assertTrue(plan(10, Map.of(step(on), new Progress.Posted()), 1, on).isEmpty());
    }

    @Test
    void whatCannotBeInTimeIsLeft() {
        DutyCase on = duty(0, Duty.Phase.DRAWN, SELF, OTHER, 100);
        assertFalse(plan(99, Map.of(), 1, on).isEmpty());
        assertTrue(plan(100, Map.of(), 1, on).isEmpty());
    }

    @Test
    void unservedIsTriedAgainAndAtTheEndGivenUp() {
        DutyCase on = duty(0, Duty.Phase.DRAWN, SELF, OTHER, 100);
        var failed = Map.<DutyStep, Progress>of(step(on), new Progress.Failed(50, Progress.Why.UNSERVED));
        assertTrue(plan(51, failed, 1, on).isEmpty(), "not at every block");
        assertInstanceOf(DutyAction.Check.class, only(plan(52, failed, 1, on)));
        assertInstanceOf(DutyAction.Check.class, only(plan(94, failed, 1, on)));
        assertInstanceOf(DutyAction.GiveUp.class, only(plan(95, failed, 0, on)), "needs no worker");
    }

    @Test
    void unservableIsGivenUpAtOnce() {
        DutyCase on = duty(0, Duty.Phase.DRAWN, SELF, OTHER, 100);
        var failed = Map.<DutyStep, Progress>of(step(on), new Progress.Failed(50, Progress.Why.UNSERVABLE));
        assertInstanceOf(DutyAction.GiveUp.class, only(plan(50, failed, 0, on)));
    }

    @Test
    void ownTroubleIsNeverBlamedOnTheExecutor() {
        DutyCase on = duty(0, Duty.Phase.DRAWN, SELF, OTHER, 100);
        var failed = Map.<DutyStep, Progress>of(step(on), new Progress.Failed(50, Progress.Why.INTERNAL));
        for (long height = 50; height < 110; height++) {
            assertTrue(plan(height, failed, 1, on).stream().noneMatch(DutyAction.GiveUp.class::isInstance));
            assertTrue(plan(height, Map.of(), 0, on).isEmpty(), "a duty without a free worker is missed, not accused");
        }
    }

    @Test
    void onlyAVerdictCanBeGivenUp() {
        DutyCase reveal = duty(0, Duty.Phase.REVEAL, SELF, OTHER, 100);
        var failed = Map.<DutyStep, Progress>of(step(reveal), new Progress.Failed(97, Progress.Why.UNSERVED));
        assertInstanceOf(DutyAction.Reveal.class, only(plan(99, failed, 1, reveal)));
    }

    @Test
    void freeWorkersGoToDisputesThenToTheNearestDeadline() {
        DutyCase late = duty(1, Duty.Phase.DRAWN, SELF, OTHER, 90);
        DutyCase soon = duty(2, Duty.Phase.DRAWN, SELF, OTHER, 60);
        DutyCase light = duty(3, Duty.Phase.ANSWER, OTHER, SELF, 95);
        DutyCase dispute = dispute(DisputePhase.PICK_LAYER, SELF, OTHER);
        List<DutyCase> got = plan(10, Map.of(), 2, late, soon, light, dispute).stream()
                .map(DutyAction::on)
                .toList();
        assertEquals(List.of(dispute, soon, light), got);
    }

    @Test
    void revealingIsLightWhileTheTagIsKnown() {
        DutyCase known = duty(0, Duty.Phase.REVEAL, SELF, OTHER, 100);
        DutyCase forgotten = new DutyCase(known.id(), known.duty(), Optional.empty(), false);
        assertFalse(only(plan(10, Map.of(), 0, known)).isHeavy());
        assertTrue(plan(10, Map.of(), 0, forgotten).isEmpty());
        assertTrue(only(plan(10, Map.of(), 1, forgotten)).isHeavy());
    }
}
