package org.hearthnet.node.pipeline.stage;

/** A stage's run cannot go on; says who is to blame in this stage's eyes. */
final class StageFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int suspect;

    /**
     * With an explanation.
     *
     * @param suspect number of a stage, or a constant of {@code StageMessage.Failure}
     */
    StageFailure(int suspect, String reason) {
        super(reason);
        this.suspect = suspect;
    }

    int suspect() {
        return suspect;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
