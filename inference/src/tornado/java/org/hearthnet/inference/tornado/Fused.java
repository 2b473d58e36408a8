package org.hearthnet.inference.tornado;

/**
 * The one place where a kernel fuses. TornadoVM cannot compile {@link Math#fma}, but turns a product that a sum follows
 * into OpenCL's {@code fma}, which rounds once. Run as Java this rounds twice: then it is wrong, and the self-check says so.
 * Tests on Java threads put a class with {@link Math#fma} in its place.
 */
final class Fused {
    private Fused() {}

    /** {@code a * b + c}, on a device rounded once. */
    static float multiplyAdd(float a, float b, float c) {
        return a * b + c;
    }
}
