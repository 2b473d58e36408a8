package org.hearthnet.inference.exec;

import java.util.List;

/** Tells the other members of a group what to run: they must make the same calls as the first, in the same order. */
public interface GroupDirector {
    /** For members that are told themselves. */
    GroupDirector NONE = new GroupDirector() {
        @Override
        public void steps(List<Step> steps) {}

        @Override
        public void closed(SequenceState sequence) {}
    };

    /**
     * These steps are about to run together.
     *
     * @throws org.hearthnet.inference.tensor.GroupException if a member cannot be told; nothing runs then
     */
    void steps(List<Step> steps);

    /** A sequence was closed; called once, by whoever closed it. */
    void closed(SequenceState sequence);
}
