package uk.ac.manchester.tornado.api;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Arrays of one plan on the "device": copies, filled and fetched as the graph says and not otherwise. */
final class TwinMemory {
    /** Bytes on the device, for all plans. */
    private static final AtomicLong USED = new AtomicLong();

    private final TaskGraph graph;
    private final Map<Object, TornadoNativeArray> copies = new IdentityHashMap<>();
    private boolean closed;

    TwinMemory(TaskGraph graph) {
        this.graph = graph;
    }

    void execute(GridScheduler scheduler) {
        if (closed) {
            throw new TornadoRuntimeException("the plan is closed");
        }
        boolean begins = copies.isEmpty();
        if (begins) {
            graph.first().forEach(this::send);
        }
        graph.every().forEach(this::send);
        graph.back().forEach(this::room);
        WorkerGrid grid = scheduler == null ? null : scheduler.get(graph.taskName());
        if (grid == null) {
            throw new TornadoRuntimeException("no grid for " + graph.taskName());
        }
        long width = grid.getGlobalWork()[0];
        LongStream.range(0, width * grid.getGlobalWork()[1])
                .parallel()
                .forEach(item -> graph.code().accept(arguments((int) (item % width), (int) (item / width))));
        for (Object array : graph.back()) {
            TornadoNativeArray host = (TornadoNativeArray) array;
            host.getSegment().copyFrom(copies.get(array).getSegment());
        }
    }

    private Object[] arguments(int x, int y) {
        Object[] out = graph.arguments().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i] instanceof KernelContext ? new KernelContext(x, y) : onDevice(out[i]);
        }
        return out;
    }

    private TornadoNativeArray onDevice(Object array) {
        TornadoNativeArray copy = copies.get(array);
        if (copy == null) {
            throw new TornadoRuntimeException("an argument of " + graph.taskName() + " is not on the device");
        }
        return copy;
    }

    private void send(Object array) {
        room(array).getSegment().copyFrom(((TornadoNativeArray) array).getSegment());
    }

    private TornadoNativeArray room(Object array) {
        return copies.computeIfAbsent(array, a -> {
            long bytes = ((TornadoNativeArray) a).getNumBytesOfSegment();
            long limit = Long.getLong("tornado.device.memory", Long.MAX_VALUE);
            if (USED.addAndGet(bytes) > limit) {
                USED.addAndGet(-bytes);
                throw new TornadoOutOfMemoryException("unable to allocate " + bytes + " bytes");
            }
            TornadoNativeArray copy = switch (a) {
                case IntArray ints -> new IntArray(ints.getSize());
                case FloatArray floats -> new FloatArray(floats.getSize());
                default -> throw new TornadoRuntimeException("no array: " + a);
            };
            copy.getSegment().fill((byte) 0x5A); // memory of a device is not empty
            return copy;
        });
    }

    void free() {
        copies.values().forEach(copy -> USED.addAndGet(-copy.getNumBytesOfSegment()));
        copies.clear();
        closed = true;
    }
}
