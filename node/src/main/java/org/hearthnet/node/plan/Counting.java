package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.require;

/**
 * What an estimate counts and what it leaves out. Published estimates differ here more than in anything else.
 *
 * @param cache how the KV cache counts
 * @param tensorTraffic what the devices of a tensor-parallel stage exchange
 * @param returns what goes from the last stage back to the first
 * @param everyDeviceSends whether each device of a tensor-parallel stage sends its own copy of the activations to the next
 *     host; one copy is enough
 * @param messageTime whether messages take time beside their bytes
 * @param reservedShare of a device's memory that drivers and workspaces need, between 0 and 1
 */
public record Counting(
        Cache cache,
        TensorTraffic tensorTraffic,
        Returns returns,
        boolean everyDeviceSends,
        boolean messageTime,
        double reservedShare) {
    /** How the KV cache counts, in memory and in the time for reading it. */
    public enum Cache {
        /** Not at all. */
        IGNORED,
        /** As if every query head had keys and values of its own. */
        MULTI_HEAD,
        /** By the heads of keys and values that the model has. */
        GROUPED
    }

    /** What is exchanged after each half of a layer. */
    public enum TensorTraffic {
        /** Every device receives the whole vector once, at the link's bandwidth in one direction. */
        BROADCAST,
        /**
         * The faster of a ring all-reduce, 2 (n - 1) messages of an n-th of the vector (Patarasuk and Yuan, JPDC 69, 2009; its
         * use: Shoeybi et al., "Megatron-LM", 2019), and of each device sending its sums to all others at once.
         */
        ALL_REDUCE
    }

    /** What closes the ring. */
    public enum Returns {
        /** As much as between any two stages. */
        ACTIVATIONS,
        /** The chosen token, four bytes a sequence. */
        TOKENS
    }

    /** Checks the share. */
    public Counting {
        require(reservedShare >= 0 && reservedShare < 1, "the reserved share must be at least 0 and under 1");
    }

    /** As the article counts a design: no cache, no time for messages, whole activations on every hop. */
    public static Counting article() {
        return new Counting(Cache.IGNORED, TensorTraffic.BROADCAST, Returns.ACTIVATIONS, true, false, 0);
    }

    /** Everything that the model knows of. */
    public static Counting complete() {
        return new Counting(Cache.GROUPED, TensorTraffic.ALL_REDUCE, Returns.TOKENS, false, true, 0.05);
    }

    /** With another way to count the cache. */
    public Counting withCache(Cache other) {
        return new Counting(other, tensorTraffic, returns, everyDeviceSends, messageTime, reservedShare);
    }
}
