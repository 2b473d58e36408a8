package uk.ac.manchester.tornado.api;

/** The grid of a task, by {@code graph.task}. */
public class GridScheduler {
    private final String taskName;
    private final WorkerGrid grid;

    public GridScheduler(String taskName, WorkerGrid workerGrid) {
        this.taskName = taskName;
        this.grid = workerGrid;
    }

    public WorkerGrid get(String taskName) {
        return this.taskName.equals(taskName) ? grid : null;
    }
}
