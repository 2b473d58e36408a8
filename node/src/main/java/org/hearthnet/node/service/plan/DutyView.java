package org.hearthnet.node.service.plan;

import java.util.List;

/**
 * The open duties of a node after a block.
 *
 * @param height the block's height
 * @param cases the duties
 */
public record DutyView(long height, List<DutyCase> cases) {
    /** Copies the list. */
    public DutyView {
        cases = List.copyOf(cases);
    }
}
