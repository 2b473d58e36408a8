package org.hearthnet.inference.kernel;

import java.util.List;

/** Knows the devices of one kind of back end. Providers beside those of this package are found by {@code ServiceLoader}. */
public interface KernelProvider {
    /** The name by which people choose it, such as {@code opencl}. */
    String name();

    /** What was found, in a fixed order; never throws: what does not work is listed as such. */
    List<Device> devices();

    /**
     * Whether {@link #devices()} may hold a device faster than the processor, as far as one can tell without asking drivers:
     * some bring a compiler of 60 MB with them, which stays in memory.
     */
    default boolean mayBeFaster() {
        return true;
    }

    /**
     * Opens the kernel of a device.
     *
     * @param number place in {@link #devices()}
     * @param threads threads of kernels that have several
     * @throws IllegalArgumentException if there is no such device, or it cannot run here
     */
    Kernel open(int number, int threads);

    /**
     * A device of a back end, or the sentence why there is none.
     *
     * @param name of the device or what stands for it, such as {@code -}
     * @param version of the driver or runtime; may be empty
     * @param kind what it is
     * @param state whether it can be used
     * @param note for people: why it is refused, or what else is to be known; may be empty
     */
    record Device(String name, String version, Kind kind, State state, String note) {}

    /** Kinds of devices, fastest first as far as one can tell without measuring. */
    enum Kind {
        /** A graphics card or another accelerator. */
        GPU,
        /** Vector instructions of the processor. */
        VECTOR,
        /** The processor through a runtime that is slower than {@link #VECTOR}. */
        CPU,
        /** Scalar code. */
        SCALAR
    }

    /** What became of a device. */
    enum State {
        /** It can be opened; whether it computes the right bits, {@link SelfCheck} tells. */
        USABLE,
        /** It cannot compute the network's bits. */
        REFUSED,
        /** There is none. */
        ABSENT,
        /**
         * No run on such a device is on record. It opens when it is asked for by name and passes {@link SelfCheck}, and is
         * never chosen unasked.
         */
        UNTESTED;

        /** Whether it can be opened when asked for. */
        public boolean opens() {
            return switch (this) {
                case USABLE, UNTESTED -> true;
                case REFUSED, ABSENT -> false;
            };
        }
    }
}
