package uk.ac.manchester.tornado.api;

/** A plane of work-items. */
public class WorkerGrid2D implements WorkerGrid {
    private final long[] global;

    public WorkerGrid2D(int x, int y) {
        global = new long[] {x, y, 1};
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
