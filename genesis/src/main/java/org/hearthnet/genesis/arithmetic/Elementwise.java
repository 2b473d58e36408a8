package org.hearthnet.genesis.arithmetic;

/** Operations on single elements: the gated activation and the residual sum (specification sections 12 and 13). */
public final class Elementwise {
    private Elementwise() {}

    /** {@code x / (1 + exp(-x))}. */
    public static float silu(float x) {
        return x / (1f + Exponential.exp(-x));
    }

    /** SwiGLU (Shazeer, 2020): {@code silu(gate) * up}. */
    public static float gated(float gate, float up) {
        return Poison.check(silu(Poison.check(gate, "gate")) * up, "activation");
    }

    /** {@code a + b}. */
    public static float residual(float a, float b) {
        return Poison.check(a + b, "residual");
    }
}
