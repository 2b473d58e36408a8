package org.hearthnet.inference.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.hearthnet.inference.kernel.DeviceMemoryException;

/**
 * A context with one in-order queue: commands run one after the other, and the host waits only where it says so. All
 * methods are safe to call from several threads; what belongs together is the caller's to serialise.
 */
final class CommandQueue implements AutoCloseable {
    /** Memory in which small uploads wait for the device; when it is full the host waits. */
    private static final long STAGING_BYTES = 8 << 20;

    /** Memory through which results come back, piece by piece. */
    private static final long READ_BACK_BYTES = 4 << 20;

    private static final int READ_WRITE = 1;

    private final OpenClLibrary library;
    private final Arena arena = Arena.ofShared();
    private final DeviceMemory memory;
    private final MemorySegment context;
    private final MemorySegment queue;
    private final ProgramCache programs;
    private final Set<DeviceBuffer> buffers = new HashSet<>();
    private final MemorySegment staging = arena.allocate(STAGING_BYTES, 64);
    private final MemorySegment argument = arena.allocate(16, 16);
    private final MemorySegment sizes = arena.allocate(JAVA_LONG, 16);
    private final MemorySegment readBack = arena.allocate(READ_BACK_BYTES, 64);
    private final MemorySegment flag = arena.allocate(JAVA_INT);
    private long staged;
    private boolean closed;

    CommandQueue(OpenClLibrary library, OpenClDevice device, KernelLayout layout) {
        this.library = library;
        this.memory = new DeviceMemory(device);
        MemorySegment id = arena.allocate(ADDRESS);
        id.set(ADDRESS, 0, device.id());
        context = OpenClLibrary.create("clCreateContext", status -> (MemorySegment) library.createContext.invokeExact(
                MemorySegment.NULL, 1, id, MemorySegment.NULL, MemorySegment.NULL, status));
        queue = OpenClLibrary.create("clCreateCommandQueue", status ->
                (MemorySegment) library.createCommandQueue.invokeExact(context, device.id(), 0L, status));
        programs = new ProgramCache(library, context, device.id(), layout);
    }

    /**
     * A buffer with undefined content.
     *
     * @throws DeviceMemoryException if there is no room
     */
    synchronized DeviceBuffer allocate(long bytes) {
        long rounded = Math.max(64, (bytes + 63) / 64 * 64);
        memory.take(rounded);
        try {
            MemorySegment handle = OpenClLibrary.create("clCreateBuffer", status -> (MemorySegment)
                    library.createBuffer.invokeExact(context, (long) READ_WRITE, rounded, MemorySegment.NULL, status));
            DeviceBuffer buffer = new DeviceBuffer(handle, rounded);
            buffers.add(buffer);
            return buffer;
        } catch (OpenClException e) {
            memory.giveBack(rounded);
            throw e.isOutOfMemory()
                    ? new DeviceMemoryException("the device has no room for " + rounded + " bytes: " + e.getMessage())
                    : e;
        }
    }

    /** Frees a buffer when the device is done with it; more than once, and after {@link #close}, is harmless. */
    synchronized void free(DeviceBuffer buffer) {
        if (buffers.remove(buffer)) {
            OpenClLibrary.check("clReleaseMemObject", () -> (int) library.releaseBuffer.invokeExact(buffer.handle()));
            memory.giveBack(buffer.bytes());
        }
    }

    /** Fills with zeros. */
    synchronized void clear(DeviceBuffer buffer) {
        argument.set(JAVA_INT, 0, 0);
        OpenClLibrary.check("clEnqueueFillBuffer", () -> (int) library.enqueueFill.invokeExact(
                queue, buffer.handle(), argument, 4L, 0L, buffer.bytes(), 0, MemorySegment.NULL, MemorySegment.NULL));
    }

    /** Copies small data, on the heap or not, without waiting; the source may be changed afterwards. */
    synchronized void write(DeviceBuffer to, long at, MemorySegment from) {
        long bytes = from.byteSize();
        if (bytes > STAGING_BYTES / 2) {
            for (long done = 0; done < bytes; done += STAGING_BYTES / 2) {
                write(to, at + done, from.asSlice(done, Math.min(STAGING_BYTES / 2, bytes - done)));
            }
            return;
        }
        if (staged + bytes > STAGING_BYTES) {
            finish();
        }
        MemorySegment slice = staging.asSlice(staged, bytes);
        slice.copyFrom(from);
        staged += (bytes + 63) / 64 * 64;
        upload(to, at, slice, 0);
    }

    /** Copies native memory and waits. */
    synchronized void writeNow(DeviceBuffer to, long at, MemorySegment from) {
        upload(to, at, from, 1);
        staged = 0;
    }

    private void upload(DeviceBuffer to, long at, MemorySegment from, int wait) {
        check(to, at, from.byteSize());
        if (from.byteSize() > 0) {
            OpenClLibrary.check("clEnqueueWriteBuffer", () -> (int) library.enqueueWrite.invokeExact(
                    queue, to.handle(), wait, at, from.byteSize(), from, 0, MemorySegment.NULL, MemorySegment.NULL));
        }
    }

    /** Waits and copies to {@code to}. */
    synchronized void read(DeviceBuffer from, long at, MemorySegment to) {
        check(from, at, to.byteSize());
        for (long done = 0; done < to.byteSize(); done += READ_BACK_BYTES) {
            long bytes = Math.min(READ_BACK_BYTES, to.byteSize() - done);
            download(from, at + done, readBack.asSlice(0, bytes), 1);
            to.asSlice(done, bytes).copyFrom(readBack.asSlice(0, bytes));
        }
        staged = 0;
    }

    /** {@link #read}, and yields the first integer of {@code flags} as it was before: with a single wait. */
    synchronized int readWithFlag(DeviceBuffer flags, DeviceBuffer from, long at, MemorySegment to) {
        download(flags, 0, flag, to.byteSize() == 0 ? 1 : 0);
        read(from, at, to);
        return flag.get(JAVA_INT, 0);
    }

    private void download(DeviceBuffer from, long at, MemorySegment to, int wait) {
        OpenClLibrary.check("clEnqueueReadBuffer", () -> (int) library.enqueueRead.invokeExact(
                queue, from.handle(), wait, at, to.byteSize(), to, 0, MemorySegment.NULL, MemorySegment.NULL));
    }

    /** Waits and copies {@code rows} pieces of {@code width} bytes that start every {@code pitch} bytes. */
    synchronized void readRows(DeviceBuffer from, long at, long width, long rows, long pitch, MemorySegment to) {
        check(from, at, (rows - 1) * pitch + width);
        MemorySegment into = readBack.asSlice(0, width * rows);
        // The origin must be a place of a row: the offset goes into rows and bytes.
        setSizes(0, at % pitch, at / pitch, 0);
        setSizes(3, 0, 0, 0);
        setSizes(6, width, rows, 1);
        OpenClLibrary.check("clEnqueueReadBufferRect", () -> (int) library.enqueueReadRect.invokeExact(
                queue,
                from.handle(),
                1,
                sizes.asSlice(0, 24),
                sizes.asSlice(24, 24),
                sizes.asSlice(48, 24),
                pitch,
                0L,
                width,
                0L,
                into,
                0,
                MemorySegment.NULL,
                MemorySegment.NULL));
        staged = 0;
        to.copyFrom(into);
    }

    /** Waits for all commands. */
    synchronized void finish() {
        OpenClLibrary.check("clFinish", () -> (int) library.finish.invokeExact(queue));
        staged = 0;
    }

    /**
     * Queues a kernel.
     *
     * @param arguments {@link DeviceBuffer}, Integer, Long or Float
     */
    synchronized void launch(KernelName kernel, Grid grid, Object... arguments) {
        if (grid.isEmpty()) {
            return;
        }
        MemorySegment handle = programs.kernel(kernel);
        for (int i = 0; i < arguments.length; i++) {
            setArgument(handle, i, arguments[i]);
        }
        setSizes(0, grid.groupsX() * grid.localX(), grid.groupsY() * grid.localY(), 1);
        setSizes(3, grid.localX(), grid.localY(), 1);
        OpenClLibrary.check(
                "clEnqueueNDRangeKernel " + kernel.function(), () -> (int) library.enqueueKernel.invokeExact(
                        queue,
                        handle,
                        2,
                        MemorySegment.NULL,
                        sizes.asSlice(0, 24),
                        sizes.asSlice(24, 24),
                        0,
                        MemorySegment.NULL,
                        MemorySegment.NULL));
    }

    private void setArgument(MemorySegment kernel, int i, Object value) {
        long size = switch (value) {
            case DeviceBuffer b -> {
                argument.set(ADDRESS, 0, b.handle());
                yield ADDRESS.byteSize();
            }
            case Integer n -> {
                argument.set(JAVA_INT, 0, n);
                yield 4;
            }
            case Long n -> {
                argument.set(JAVA_LONG, 0, n);
                yield 8;
            }
            case Float f -> {
                argument.set(JAVA_FLOAT, 0, f);
                yield 4;
            }
            default -> throw new IllegalArgumentException("no kernel takes " + value.getClass());
        };
        OpenClLibrary.check("clSetKernelArg", () -> (int) library.setKernelArg.invokeExact(kernel, i, size, argument));
    }

    private void setSizes(int from, long x, long y, long z) {
        sizes.setAtIndex(JAVA_LONG, from, x);
        sizes.setAtIndex(JAVA_LONG, from + 1, y);
        sizes.setAtIndex(JAVA_LONG, from + 2, z);
    }

    private static void check(DeviceBuffer buffer, long at, long bytes) {
        java.util.Objects.checkFromIndexSize(at, bytes, buffer.bytes());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        finish();
        for (DeviceBuffer buffer : Set.copyOf(buffers)) {
            free(buffer);
        }
        programs.close();
        OpenClLibrary.check("clReleaseCommandQueue", () -> (int) library.releaseQueue.invokeExact(queue));
        OpenClLibrary.check("clReleaseContext", () -> (int) library.releaseContext.invokeExact(context));
        arena.close();
    }
}
