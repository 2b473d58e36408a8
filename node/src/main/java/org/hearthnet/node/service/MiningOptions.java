package org.hearthnet.node.service;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.service.fault.Fault;
import org.hearthnet.node.service.plan.BondPolicy;

/**
 * How a node mines.
 *
 * @param layers the layers it offers to run
 * @param price sparks for one layer of one token
 * @param slots stages that may run at once
 * @param bond whether it stakes credits
 * @param fault a fault on purpose; demo networks only
 * @param compute with what it computes
 */
public record MiningOptions(
        LayerSpan layers, long price, int slots, BondPolicy bond, Optional<Fault> fault, Compute compute) {
    /**
     * What a node computes with.
     *
     * @param kernel a name that {@code Kernels} knows
     * @param threads threads of the kernel
     * @param checks stages that are executed again at one time
     * @param cacheBytes memory of the caches of jobs, and again of checks
     * @param storeBytes disk for inputs of jobs
     * @param workers addresses, with peer ids, of other machines that share the stages of jobs; may be empty
     */
    public record Compute(
            String kernel, int threads, int checks, long cacheBytes, long storeBytes, List<Multiaddr> workers) {
        /** Checks the ranges. */
        public Compute {
            workers = List.copyOf(workers);
            if (threads < 1 || checks < 1 || cacheBytes < 1 || storeBytes < 1) {
                throw new IllegalArgumentException("threads, checks and sizes are positive");
            }
        }
    }
}
