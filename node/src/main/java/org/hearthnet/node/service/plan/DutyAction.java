package org.hearthnet.node.service.plan;

/** Something to do now. */
public sealed interface DutyAction {
    /** Which duty. */
    DutyCase on();

    /** Which step it makes. */
    DutyStep step();

    /** Whether it may execute a stage, and so takes a worker. */
    default boolean isHeavy() {
        return switch (this) {
            case Check check -> true;
            case Defend defend -> true;
            case Challenge challenge -> true;
            case Reveal reveal -> !reveal.on().tagKnown();
            case GiveUp giveUp -> false;
            case Answer answer -> false;
        };
    }

    /** Fetch the inputs, execute the stage again, and say what was found. */
    record Check(DutyCase on, DutyStep step) implements DutyAction {}

    /** Say that the inputs were not served. */
    record GiveUp(DutyCase on, DutyStep step) implements DutyAction {}

    /** As executor, show the tag. */
    record Answer(DutyCase on, DutyStep step) implements DutyAction {}

    /** As verifier, open the sealed tag. */
    record Reveal(DutyCase on, DutyStep step) implements DutyAction {}

    /** As executor, show what was computed. */
    record Defend(DutyCase on, DutyStep step) implements DutyAction {}

    /** As challenger, point to the first difference. */
    record Challenge(DutyCase on, DutyStep step) implements DutyAction {}
}
