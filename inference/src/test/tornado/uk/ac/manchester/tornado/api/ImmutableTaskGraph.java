package uk.ac.manchester.tornado.api;

/** A graph that no longer changes. */
public class ImmutableTaskGraph {
    private final TaskGraph taskGraph;

    ImmutableTaskGraph(TaskGraph taskGraph) {
        this.taskGraph = taskGraph;
    }

    TaskGraph getTaskGraph() {
        return taskGraph;
    }
}
