package org.hearthnet.inference.opencl;

import org.hearthnet.inference.kernel.DeviceException;

/** A call of the OpenCL library failed: the driver, the device, or its memory. */
public final class OpenClException extends DeviceException {
    private static final long serialVersionUID = 1L;

    private final int code;

    OpenClException(String function, int code) {
        super(function + " failed with " + name(code));
        this.code = code;
    }

    OpenClException(String message) {
        super(message);
        this.code = 0;
    }

    /** Whether there is not enough memory. */
    boolean isOutOfMemory() {
        return code == -4 || code == -5 || code == -6 || code == -61;
    }

    private static String name(int code) {
        return switch (code) {
            case -4 -> "CL_MEM_OBJECT_ALLOCATION_FAILURE";
            case -5 -> "CL_OUT_OF_RESOURCES";
            case -6 -> "CL_OUT_OF_HOST_MEMORY";
            case -11 -> "CL_BUILD_PROGRAM_FAILURE";
            case -54 -> "CL_INVALID_WORK_GROUP_SIZE";
            case -61 -> "CL_INVALID_BUFFER_SIZE";
            case -1001 -> "CL_PLATFORM_NOT_FOUND_KHR (no driver is registered)";
            default -> "error " + code;
        };
    }
}
