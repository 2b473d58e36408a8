package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.Activations;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.Positions;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.kernel.RopeTable;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of an OpenCL device. Calls queue commands and return; poison is a flag on the device that is read together
 * with results.
 */
final class OpenClKernel implements Kernel {
    private static final KernelName RMS_NORM = new KernelName("elementwise", "rms_norm");
    private static final KernelName ROPE = new KernelName("elementwise", "rope");
    private static final KernelName GATED = new KernelName("elementwise", "gated");
    private static final KernelName ADD = new KernelName("elementwise", "add");
    private static final KernelName ADD_BIAS = new KernelName("elementwise", "add_bias");
    private static final KernelName GATHER = new KernelName("elementwise", "gather");

    private final OpenClDevice device;
    private final KernelLayout layout;
    private final CommandQueue queue;
    private final DeviceBuffer poison;
    private final OpenClAttention attention;
    private final MatrixProduct product;
    private final RopeBuffers ropes;
    private final IntBuffer positionBuffer;
    private final IntBuffer rowBuffer;
    private final Map<AttentionShape, KvPool> pools = new HashMap<>();
    private @Nullable Positions sentPositions;
    /** Whether something ran since poison was last looked for. */
    private boolean pending;

    OpenClKernel(OpenClLibrary library, OpenClDevice device, KernelLayout layout) {
        this.device = device;
        this.layout = layout;
        this.queue = new CommandQueue(library, device, layout);
        this.poison = queue.allocate(Integer.BYTES);
        queue.clear(poison);
        this.attention = new OpenClAttention(this);
        this.product = new MatrixProduct(this);
        this.ropes = new RopeBuffers(queue);
        this.positionBuffer = new IntBuffer(queue);
        this.rowBuffer = new IntBuffer(queue);
    }

    CommandQueue queue() {
        return queue;
    }

    KernelLayout layout() {
        return layout;
    }

    DeviceBuffer poison() {
        return poison;
    }

    /** A grid of simple kernels. */
    Grid items(long count) {
        return Grid.items(count, layout.workGroup());
    }

    /** Queues an operation. */
    void launch(KernelName name, Grid grid, Object... arguments) {
        pending = true;
        queue.launch(name, grid, arguments);
    }

    /** The positions on the device. */
    DeviceBuffer positions(Positions positions) {
        if (sentPositions != positions) {
            positionBuffer.send(positions.toArray());
            sentPositions = positions;
        }
        return positionBuffer.buffer();
    }

    /** Waits, throws if there is poison, and copies to {@code to}. */
    void read(DeviceBuffer from, long at, MemorySegment to) {
        if (pending) {
            check(queue.readWithFlag(poison, from, at, to));
        } else {
            queue.read(from, at, to);
        }
    }

    private void check(int flag) {
        pending = false;
        if (flag != 0) {
            queue.clear(poison);
            throw new PoisonException(OpenClPoison.describe(flag));
        }
    }

    @Override
    public String name() {
        return "opencl:" + device.index() + " (" + device.name() + ")";
    }

    @Override
    public int rowTile() {
        return layout.tile();
    }

    @Override
    public PreparedMatrix prepare(GgufTensor tensor) throws GgufException {
        return OpenClMatrix.upload(this, tensor);
    }

    @Override
    public DeviceArray allocate(int length) {
        return new OpenClArray(this, length);
    }

    @Override
    public KvLayer newKvLayer(AttentionShape shape) {
        synchronized (pools) {
            // The window plays no part in how a page looks.
            var key = new AttentionShape(shape.kvHeads(), shape.kvHeads(), shape.headDim());
            return new OpenClKvLayer(this, shape, pools.computeIfAbsent(key, k -> new KvPool(queue, shape)));
        }
    }

    @Override
    public void start() {
        if (pending) {
            pending = false;
            queue.clear(poison);
        }
    }

    @Override
    public void finish() {
        if (pending) {
            check(queue.readWithFlag(poison, poison, 0, MemorySegment.ofArray(new int[0])));
        }
    }

    @Override
    public Activations activations(DeviceArray x, int rows, int columns) {
        return new OpenClActivations(this, array(x, (long) rows * columns), rows, columns);
    }

    @Override
    public void matmul(PreparedMatrix weights, Activations x, DeviceArray out, int fromRow, int toRow) {
        OpenClMatrix matrix = (OpenClMatrix) weights;
        OpenClActivations vectors = (OpenClActivations) x;
        product.run(
                matrix, vectors, array(out, (long) x.rows() * weights.rows()).buffer(), fromRow, toRow);
    }

    @Override
    public void rmsNorm(DeviceArray x, int rows, int columns, DeviceArray weight, float epsilon, DeviceArray out) {
        long length = (long) rows * columns;
        int group = Math.min(layout.workGroup(), columns < 256 ? 32 : 256);
        launch(
                RMS_NORM,
                Grid.groups(rows, group),
                array(x, length).buffer(),
                columns,
                array(weight, columns).buffer(),
                epsilon,
                array(out, length).buffer(),
                poison);
    }

    @Override
    public void rope(DeviceArray x, int heads, int headDim, RopeTable table, Positions positions) {
        int half = table.parameters().dimensions() / 2;
        RopeBuffers.Tables angles = ropes.of(table, positions.highest());
        launch(
                ROPE,
                items((long) positions.count() * heads * half),
                array(x, (long) positions.count() * heads * headDim).buffer(),
                positions.count(),
                heads,
                headDim,
                half,
                table.parameters().layout() == RopeLayout.INTERLEAVED ? 1 : 0,
                angles.cosines(),
                angles.sines(),
                positions(positions),
                poison);
    }

    @Override
    public void store(KvLayer[] caches, Positions positions, DeviceArray keys, DeviceArray values) {
        if (positions.count() > 0) {
            AttentionShape shape = OpenClKvLayer.of(this, caches[0]).shape();
            long length = (long) positions.count() * shape.kvWidth();
            attention.store(
                    shape,
                    caches,
                    positions,
                    array(keys, length).buffer(),
                    array(values, length).buffer());
        }
    }

    @Override
    public void attention(AttentionShape shape, DeviceArray q, KvLayer[] caches, Positions positions, DeviceArray out) {
        long length = (long) positions.count() * shape.queryWidth();
        if (length > 0) {
            attention.attend(
                    shape,
                    array(q, length).buffer(),
                    caches,
                    positions,
                    array(out, length).buffer());
        }
    }

    @Override
    public void gated(DeviceArray gate, DeviceArray up, DeviceArray out, int length) {
        launch(
                GATED,
                items(length),
                array(gate, length).buffer(),
                array(up, length).buffer(),
                array(out, length).buffer(),
                length,
                poison);
    }

    @Override
    public void add(DeviceArray a, DeviceArray b, DeviceArray out, int length) {
        launch(
                ADD,
                items(length),
                array(a, length).buffer(),
                array(b, length).buffer(),
                array(out, length).buffer(),
                length,
                poison);
    }

    @Override
    public void addBias(DeviceArray x, int rows, DeviceArray bias) {
        int length = Math.multiplyExact(rows, bias.length());
        launch(
                ADD_BIAS,
                items(length),
                array(x, length).buffer(),
                length,
                array(bias, bias.length()).buffer(),
                bias.length(),
                poison);
    }

    @Override
    public void gather(DeviceArray x, int[] rows, int width, DeviceArray out) {
        OpenClArray from = array(x, 0);
        for (int row : rows) {
            java.util.Objects.checkFromIndexSize((long) row * width, width, from.length());
        }
        int length = Math.multiplyExact(rows.length, width);
        rowBuffer.send(rows);
        launch(
                GATHER,
                items(length),
                from.buffer(),
                rowBuffer.buffer(),
                width,
                length,
                array(out, length).buffer());
    }

    private OpenClArray array(DeviceArray array, long needed) {
        return OpenClArray.of(this, array, needed);
    }

    @Override
    public void close() {
        queue.close();
    }
}
