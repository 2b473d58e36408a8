package org.hearthnet.inference.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.Activations;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.DeviceException;
import org.hearthnet.inference.kernel.DeviceMemoryException;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.Positions;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.kernel.RopeTable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/** Products with matrices on a device of TornadoVM, everything else by the kernel of the host. */
final class TornadoKernel implements Kernel {
    /** Names of task graphs are TornadoVM's keys for compiled code, so they are never used twice. */
    private static final AtomicLong GRAPHS = new AtomicLong();

    private final Kernel host;
    private final TornadoDevice device;
    private final String name;
    private final List<ResidentMatrix> matrices = new ArrayList<>();

    /** Takes {@code host} over and closes it in the end. */
    TornadoKernel(Kernel host, TornadoDevice device, String name) {
        this.host = host;
        this.device = device;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rowTile() {
        return host.rowTile();
    }

    @Override
    public PreparedMatrix prepare(GgufTensor tensor) throws GgufException {
        WeightPacker.Packed packed = pack(tensor);
        ResidentMatrix matrix =
                onDevice(() -> new ResidentMatrix(this, device, packed, "hearth" + GRAPHS.incrementAndGet()));
        synchronized (matrices) {
            matrices.add(matrix);
        }
        return matrix;
    }

    private static WeightPacker.Packed pack(GgufTensor tensor) throws GgufException {
        try {
            return WeightPacker.pack(tensor);
        } catch (OutOfMemoryError e) {
            throw noRoomOnHost(e);
        }
    }

    private static DeviceMemoryException noRoomOnHost(OutOfMemoryError e) {
        return new DeviceMemoryException(
                "the host has no room; -Xmx and -XX:MaxDirectMemorySize allow more: " + e.getMessage());
    }

    /** What the runtime throws is an exception of the engine afterwards. */
    private <T> T onDevice(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (TornadoOutOfMemoryException | TornadoMemoryException e) {
            throw new DeviceMemoryException(
                    name + " has no room; -Dtornado.device.memory=SIZE allows more: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            throw noRoomOnHost(e);
        } catch (RuntimeException | Error e) {
            // Its compiler and drivers fail with errors of their own; all of them mean that this device does not work.
            throw new DeviceException(name + " does not work: " + e);
        }
    }

    @Override
    public Activations activations(DeviceArray x, int rows, int columns) {
        return new VectorBatch(x, rows, columns);
    }

    @Override
    public void matmul(PreparedMatrix weights, Activations x, DeviceArray out, int fromRow, int toRow) {
        ResidentMatrix matrix = (ResidentMatrix) weights;
        VectorBatch batch = (VectorBatch) x;
        Objects.checkFromToIndex(fromRow, toRow, matrix.rows());
        if (matrix.kernel() != this || x.columns() != matrix.columns()) {
            throw new IllegalArgumentException("the matrix belongs to another kernel or has other columns");
        }
        float[] row = new float[toRow - fromRow];
        for (int first = 0; first < x.rows() && row.length > 0; first += ResidentMatrix.VECTORS) {
            int from = first;
            int count = Math.min(ResidentMatrix.VECTORS, x.rows() - first);
            batch.prepare(matrix.type().isQuantized());
            onDevice(() -> {
                matrix.multiply(batch, from, count, fromRow, toRow);
                return matrix;
            });
            for (int v = 0; v < count; v++) {
                matrix.read(v, fromRow, row);
                Poison.checkAll(row, 0, row.length, "matrix row");
                out.write((first + v) * matrix.rows() + fromRow, row, 0, row.length);
            }
        }
    }

    @Override
    public DeviceArray allocate(int length) {
        return host.allocate(length);
    }

    @Override
    public KvLayer newKvLayer(AttentionShape shape) {
        return host.newKvLayer(shape);
    }

    @Override
    public void start() {
        host.start();
    }

    @Override
    public void finish() {
        host.finish();
    }

    @Override
    public void rmsNorm(DeviceArray x, int rows, int columns, DeviceArray weight, float epsilon, DeviceArray out) {
        host.rmsNorm(x, rows, columns, weight, epsilon, out);
    }

    @Override
    public void rope(DeviceArray x, int heads, int headDim, RopeTable table, Positions positions) {
        host.rope(x, heads, headDim, table, positions);
    }

    @Override
    public void store(KvLayer[] caches, Positions positions, DeviceArray keys, DeviceArray values) {
        host.store(caches, positions, keys, values);
    }

    @Override
    public void attention(AttentionShape shape, DeviceArray q, KvLayer[] caches, Positions positions, DeviceArray out) {
        host.attention(shape, q, caches, positions, out);
    }

    @Override
    public void gated(DeviceArray gate, DeviceArray up, DeviceArray out, int length) {
        host.gated(gate, up, out, length);
    }

    @Override
    public void add(DeviceArray a, DeviceArray b, DeviceArray out, int length) {
        host.add(a, b, out, length);
    }

    @Override
    public void addBias(DeviceArray x, int rows, DeviceArray bias) {
        host.addBias(x, rows, bias);
    }

    @Override
    public void gather(DeviceArray x, int[] rows, int width, DeviceArray out) {
        host.gather(x, rows, width, out);
    }

    @Override
    public void close() {
        synchronized (matrices) {
            for (ResidentMatrix matrix : matrices) {
                try {
                    matrix.close();
                } catch (TornadoExecutionPlanException e) {
                    // The memory stays with TornadoVM until the process ends; nothing that was computed depends on it.
                }
            }
            matrices.clear();
        }
        host.close();
    }
}
