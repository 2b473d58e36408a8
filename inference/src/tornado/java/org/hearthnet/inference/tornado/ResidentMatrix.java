package org.hearthnet.inference.tornado;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.kernel.PreparedMatrix;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A matrix on the device, with the plan that multiplies up to {@value #VECTORS} vectors with it. TornadoVM ties an array on
 * the device to one plan, so each matrix has a plan of its own: weights are sent with its first execution and stay, vectors
 * are sent and results fetched with each. TornadoVM keeps the arrays of the host too.
 */
final class ResidentMatrix implements PreparedMatrix {
    /** Vectors of one execution: the arrays for them have this size, whatever is in use. */
    static final int VECTORS = 16;

    private static final String TASK = "product";

    private final TornadoKernel kernel;
    private final WeightPacker.Packed weights;
    private final IntArray call = new IntArray(MatrixKernels.CALL);
    private final IntArray words;
    private final FloatArray values;
    private final FloatArray out;
    private final TornadoExecutionPlan plan;
    private final GridScheduler grid;

    /** Makes the plan, compiles it and sends the weights. */
    ResidentMatrix(TornadoKernel kernel, TornadoDevice device, WeightPacker.Packed weights, String name) {
        this.kernel = kernel;
        this.weights = weights;
        boolean plain = weights.form() == WeightForm.FLOATS;
        words = new IntArray(plain ? 1 : Math.multiplyExact(VECTORS * MatrixKernels.BYTE_WORDS, weights.length()));
        values = new FloatArray(Math.multiplyExact(VECTORS * (plain ? 1 : 2), weights.length()));
        out = new FloatArray(Math.multiplyExact(VECTORS, weights.rows()));
        int tiles = (weights.rows() + MatrixKernels.TILE - 1) / MatrixKernels.TILE;
        var items = new WorkerGrid2D(tiles * MatrixKernels.TILE, VECTORS);
        items.setLocalWork(MatrixKernels.TILE, 1, 1);
        grid = new GridScheduler(name + "." + TASK, items);
        plan = new TornadoExecutionPlan(graph(name).snapshot());
        plan.withDevice(device);
        send();
    }

    /** Compiles and sends the weights, by an execution that computes nothing. */
    private void send() {
        try {
            execute(0, 0, 0);
        } catch (RuntimeException | Error e) {
            try {
                plan.close();
            } catch (TornadoExecutionPlanException | RuntimeException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
    }

    private TaskGraph graph(String name) {
        var graph = new TaskGraph(name);
        var context = new KernelContext();
        if (weights.form() == WeightForm.FLOATS) {
            graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, weights.scales())
                    .transferToDevice(DataTransferMode.EVERY_EXECUTION, call, values);
        } else {
            graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, weights.words(), weights.scales())
                    .transferToDevice(DataTransferMode.EVERY_EXECUTION, call, words, values);
        }
        IntArray w = weights.words();
        FloatArray s = weights.scales();
        switch (weights.form()) {
            case FLOATS -> graph.task(TASK, MatrixKernels::floats, context, call, s, values, out);
            case BYTES -> graph.task(TASK, MatrixKernels::bytes, context, call, w, s, words, values, out);
            case BYTES_WITH_MINIMUM ->
                graph.task(TASK, MatrixKernels::bytesWithMinimum, context, call, w, s, words, values, out);
            case SCALED_BYTES -> graph.task(TASK, MatrixKernels::scaledBytes, context, call, w, s, words, values, out);
            case NIBBLES -> graph.task(TASK, MatrixKernels::nibbles, context, call, w, s, words, values, out);
            case NIBBLES_WITH_MINIMUM ->
                graph.task(TASK, MatrixKernels::nibblesWithMinimum, context, call, w, s, words, values, out);
        }
        return graph.transferToHost(DataTransferMode.EVERY_EXECUTION, out);
    }

    TornadoKernel kernel() {
        return kernel;
    }

    /** Multiplies rows {@code from} to {@code to} (exclusive) with vectors from {@code first}, at most {@link #VECTORS}. */
    void multiply(VectorBatch x, int first, int count, int from, int to) {
        if (weights.form() == WeightForm.FLOATS) {
            copy(x.values(), first * columns(), values, 0, count * columns());
        } else {
            for (int v = 0; v < count; v++) {
                VectorBatch.Quants q = x.quants().get(first + v);
                MemorySegment.copy(
                        q.words(),
                        0,
                        words.getSegment(),
                        ValueLayout.JAVA_INT_UNALIGNED,
                        4L * v * q.words().length,
                        q.words().length);
                copy(q.scales(), 0, values, v * q.scales().length, q.scales().length);
            }
        }
        execute(count, from, to);
    }

    private static void copy(float[] source, int at, FloatArray target, int to, int count) {
        MemorySegment.copy(source, at, target.getSegment(), ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * to, count);
    }

    /** Copies {@code to.length} results of vector {@code v} of the last execution, from row {@code from} on. */
    void read(int v, int from, float[] to) {
        long at = 4L * ((long) v * rows() + from);
        MemorySegment.copy(out.getSegment(), ValueLayout.JAVA_FLOAT_UNALIGNED, at, to, 0, to.length);
    }

    private void execute(int vectors, int from, int to) {
        call.set(MatrixKernels.ROWS, rows());
        call.set(MatrixKernels.LENGTH, weights.length());
        call.set(MatrixKernels.VECTORS, vectors);
        call.set(MatrixKernels.FROM, from);
        call.set(MatrixKernels.TO, to);
        // Each plan keeps the results of its executions for ever. What this call yields does not outlive the next one.
        plan.withGridScheduler(grid).execute();
    }

    @Override
    public int rows() {
        return weights.rows();
    }

    @Override
    public int columns() {
        return weights.columns();
    }

    @Override
    public WeightFormat type() {
        return weights.type();
    }

    @Override
    public long bytes() {
        return weights.bytes();
    }

    /** Gives the device's memory back. */
    void close() throws TornadoExecutionPlanException {
        plan.close();
    }
}
