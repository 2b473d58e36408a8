package org.hearthnet.inference.opencl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthnet.inference.kernel.DeviceMemoryException;

/**
 * What all kernels of this process hold of a device's memory. Drivers often promise more than there is and then fail in
 * the middle of a step, so the limit is kept here.
 */
final class DeviceMemory {
    /** Share of the memory that is used at most: drivers, screens and other programs need some. */
    private static final double SHARE = 0.9;

    private static final Map<Long, AtomicLong> USED = new ConcurrentHashMap<>();

    private final OpenClDevice device;
    private final AtomicLong used;
    private final long limit;

    DeviceMemory(OpenClDevice device) {
        this.device = device;
        this.used = USED.computeIfAbsent(device.id().address(), id -> new AtomicLong());
        this.limit = (long) (device.globalBytes() * SHARE);
    }

    /**
     * Takes {@code bytes} for one buffer.
     *
     * @throws DeviceMemoryException if they are not there
     */
    void take(long bytes) {
        if (bytes > device.maxAllocation()) {
            throw new DeviceMemoryException("a buffer of " + mib(bytes) + " is needed, but " + device.name()
                    + " allows " + mib(device.maxAllocation()) + " at most");
        }
        long now = used.addAndGet(bytes);
        if (now > limit) {
            used.addAndGet(-bytes);
            throw new DeviceMemoryException(mib(bytes) + " more are needed, but " + mib(now - bytes) + " of the "
                    + mib(limit) + " that may be used of " + device.name() + " are taken");
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    private static String mib(long bytes) {
        return (bytes + (1 << 20) - 1) / (1 << 20) + " MiB";
    }
}
