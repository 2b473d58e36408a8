package uk.ac.manchester.tornado.api;

/** Work-items of a task. */
public interface WorkerGrid {
    int dimension();

    long[] getGlobalWork();

    void setLocalWork(long x, long y, long z);
}
