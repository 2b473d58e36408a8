package org.hearthnet.node.demo;

import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * What the demo shows, computed from the audited stores. Amounts in sparks.
 *
 * @param ok whether everything that the demo promises happened and every audit passed
 * @param jobs paid jobs, as the client kept them
 * @param pipelineEqualsLocal whether every job's text equals {@code hearth generate} in a process of its own
 * @param convictions who was convicted of which wrong operation
 * @param graduated newcomers that became veterans
 * @param recoveredAfterKill whether the killed node's store is whole, and in step with the others
 * @param height height at which the state roots are compared: the lowest of all stores
 * @param stateRoots root of the state at that height, by node
 * @param supply totals at that height
 * @param accounts what everybody had and earned at that height
 * @param audits the audit of each store
 * @param problems what is missing, if {@code ok} is false
 * @param seconds how long it took
 * @param peakMiB largest resident memory of one process, where the operating system tells
 */
public record DemoReport(
        boolean ok,
        List<JobLine> jobs,
        boolean pipelineEqualsLocal,
        List<ConvictionLine> convictions,
        List<String> graduated,
        boolean recoveredAfterKill,
        long height,
        Map<String, Hash32> stateRoots,
        SupplyLine supply,
        List<AccountLine> accounts,
        List<AuditLine> audits,
        List<String> problems,
        double seconds,
        long peakMiB) {
    /** A paid job. */
    public record JobLine(Hash32 id, int tokens, Amount paid, int attempts, List<String> executors) {}

    /** A proven fault. */
    public record ConvictionLine(
            String node,
            NodeId account,
            int stage,
            int layer,
            int position,
            String operation,
            Amount bond,
            long height) {}

    /** Minted minus burned is held. */
    public record SupplyLine(Amount minted, Amount burned, Amount held) {}

    /** One account, before (genesis) and after. */
    public record AccountLine(
            String node,
            String part,
            String role,
            Amount before,
            Amount after,
            Amount bond,
            Amount executing,
            Amount verifying,
            Amount finding,
            Amount lost,
            int duties) {}

    /** One audit. */
    public record AuditLine(String node, boolean ok, long height, int errors) {}
}
