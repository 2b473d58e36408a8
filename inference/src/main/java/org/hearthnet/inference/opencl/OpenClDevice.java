package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * A device that the library knows.
 *
 * @param index its number among all devices of this machine
 * @param cVersion of the kernel language, such as {@code OpenCL C 1.2}
 * @param globalBytes memory
 * @param maxAllocation bytes of the largest buffer
 * @param localBytes memory of a work-group
 * @param fpConfig bits of CL_DEVICE_SINGLE_FP_CONFIG
 * @param complete whether it is little-endian, available, of the full profile, and has a compiler
 */
record OpenClDevice(
        int index,
        MemorySegment id,
        String platform,
        String name,
        String version,
        String cVersion,
        String driver,
        Type type,
        int computeUnits,
        long globalBytes,
        long maxAllocation,
        long localBytes,
        long maxWorkGroup,
        long fpConfig,
        boolean complete) {
    private static final long DENORMALS = 1;
    private static final long INFINITY_AND_NAN = 1 << 1;
    private static final long ROUND_TO_NEAREST = 1 << 2;
    private static final long EXACT_DIVISION_AND_ROOT = 1 << 7;

    /** The largest work-group that a kernel here uses. */
    static final int WORK_GROUP = 256;

    /** What kind of chip it is. */
    enum Type {
        CPU,
        GPU,
        ACCELERATOR,
        OTHER;

        static Type of(long bits) {
            return (bits & 4) != 0 ? GPU : (bits & 2) != 0 ? CPU : (bits & 8) != 0 ? ACCELERATOR : OTHER;
        }
    }

    /** All devices of this machine; none if it has no OpenCL library. */
    static List<OpenClDevice> all() {
        return OpenClLibrary.find()
                .map(library -> new DeviceInfo(library).devices())
                .orElse(List.of());
    }

    /** Why this device cannot compute the network's bits, or not at all. */
    Optional<String> refusal() {
        if (!complete) {
            return refuse("it is big-endian, not available, of the embedded profile, or has no compiler");
        }
        if (!supportsC12()) {
            return refuse("its kernel language is " + cVersion + ", 1.2 is needed");
        }
        if (!has(DENORMALS)) {
            return refuse("it flushes subnormal numbers to zero");
        }
        if (!has(INFINITY_AND_NAN) || !has(ROUND_TO_NEAREST)) {
            return refuse("its fp32 lacks infinities, NaN or rounding to nearest");
        }
        if (!has(EXACT_DIVISION_AND_ROOT)) {
            return refuse("its fp32 division and square root are not correctly rounded");
        }
        if (maxWorkGroup < WORK_GROUP || localBytes < 16 << 10) {
            return refuse("its work-groups are too small");
        }
        return Optional.empty();
    }

    private static Optional<String> refuse(String why) {
        return Optional.of(why);
    }

    private boolean has(long bits) {
        return (fpConfig & bits) == bits;
    }

    private boolean supportsC12() {
        // "OpenCL C <major>.<minor> ...", section 4.2 of the specification
        String[] words = cVersion.split(" ", 4);
        if (words.length < 3) {
            return false;
        }
        return !words[2].startsWith("1.0") && !words[2].startsWith("1.1");
    }
}
