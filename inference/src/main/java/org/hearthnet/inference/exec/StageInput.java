package org.hearthnet.inference.exec;

/** What comes into a stage for consecutive positions. The arrays are read during the call only. */
public sealed interface StageInput {
    /** Number of positions. */
    int count();

    /** Token ids, for a stage that starts at layer 0. */
    @SuppressWarnings("ArrayRecordComponent")
    record Tokens(int[] ids) implements StageInput {
        @Override
        public int count() {
            return ids.length;
        }
    }

    /** Outputs of the layer before, [count][hidden], for any other stage. */
    @SuppressWarnings("ArrayRecordComponent")
    record Hidden(int count, float[] values) implements StageInput {}
}
