package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A plane of work-items. */
public class WorkerGrid2D implements WorkerGrid {
    private final long[] global;

    public WorkerGrid2D(int x, int y) {
        global = new long[] {x, y, 1};
    }

    @Override
    public void setLocalWork(long x, long y, long z) {
        if (global[0] % x != 0 || global[1] % y != 0 || global[2] % z != 0) {
            throw new TornadoRuntimeException("groups must divide the work-items evenly");
        }
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public long[] getGlobalWork() {
        return global.clone();
    }
}
