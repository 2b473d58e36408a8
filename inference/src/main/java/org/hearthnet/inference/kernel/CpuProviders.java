package org.hearthnet.inference.kernel;

import java.util.List;
import java.util.function.IntFunction;

/** The kernels of this package, each with one device: the processor. */
final class CpuProviders {
    private static final String NO_VECTORS =
            "the vector kernel needs a JVM started with --add-modules=jdk.incubator.vector";

    private CpuProviders() {}

    /** The Vector API. */
    static KernelProvider vector() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new Cpu(
                    "vector", "-", KernelProvider.Kind.VECTOR, KernelProvider.State.ABSENT, NO_VECTORS, threads -> {
                        throw new IllegalArgumentException(NO_VECTORS);
                    });
        }
        return new Cpu(
                "vector",
                "vector-" + Lanes.F.vectorBitSize(),
                KernelProvider.Kind.VECTOR,
                KernelProvider.State.USABLE,
                "",
                VectorKernel::new);
    }

    /** The oracle. */
    static KernelProvider reference() {
        return new Cpu(
                "reference",
                "reference",
                KernelProvider.Kind.SCALAR,
                KernelProvider.State.USABLE,
                "the definition, on one thread; slow",
                threads -> new ReferenceKernel());
    }

    private record Cpu(
            String name,
            String device,
            KernelProvider.Kind kind,
            KernelProvider.State state,
            String note,
            IntFunction<Kernel> opener)
            implements KernelProvider {
        @Override
        public List<Device> devices() {
            return List.of(new Device(device, "Java " + Runtime.version(), kind, state, note));
        }

        @Override
        public Kernel open(int number, int threads) {
            if (number != 0) {
                throw new IllegalArgumentException("there is one " + name + " kernel, not number " + number);
            }
            return opener.apply(threads);
        }
    }
}
