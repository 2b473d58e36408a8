package org.hearthnet.inference.kernel;

/** Runs the conformance suite in a process of its own, with another vector width. */
final class ConformanceMain {
    private ConformanceMain() {}

    public static void main(String[] args) throws Exception {
        try (Kernel kernel = new VectorKernel(2)) {
            new Conformance(kernel).run(Long.parseLong(args[0]), Integer.parseInt(args[1]));
            if (!SelfCheck.run(kernel).isEmpty()) {
                throw new AssertionError(SelfCheck.run(kernel));
            }
            System.out.println(kernel.name());
        }
    }
}
