package org.hearthnet.node.plan;

/** What takes most of a token's time. */
public enum Limit {
    /** Reading weights and caches from memory. */
    MEMORY_BANDWIDTH("memory bandwidth"),
    /** Multiplying and adding. */
    ARITHMETIC("arithmetic"),
    /** Exchange within a tensor-parallel stage. */
    TENSOR_TRAFFIC("exchange within stages"),
    /** Messages between stages. */
    NETWORK("network between stages");

    private final String text;

    Limit(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
