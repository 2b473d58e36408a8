package org.hearthnet.node.cli;

import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.pipeline.client.JobTimes;
import org.hearthnet.node.pipeline.ledger.NodeJobs;

/** What every node takes part in, whatever else it does: a topic is only forwarded by those who know it. */
final class NodeParts {
    private NodeParts() {}

    /** Joins the market, which ends with {@code runtime}. */
    static NodeJobs join(NodeRuntime runtime) {
        NodeJobs jobs = new NodeJobs(
                runtime.host(),
                runtime.pubsub(),
                runtime.key(),
                runtime.chain(),
                runtime.directory().jobs(),
                JobTimes.DEFAULT);
        runtime.onClose(jobs);
        return jobs;
    }
}
