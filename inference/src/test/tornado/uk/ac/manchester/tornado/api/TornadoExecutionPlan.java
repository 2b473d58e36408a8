package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Runs a graph. As in the original, each {@code with...} yields another plan of the same state, and results stay in the plan. */
public class TornadoExecutionPlan implements AutoCloseable {
    private final TwinMemory memory;
    private final List<TornadoExecutionResult> results = new ArrayList<>();
    private final GridScheduler grid;

    public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
        if (immutableTaskGraphs.length != 1) {
            throw new TornadoRuntimeException("the twin runs one graph");
        }
        memory = new TwinMemory(immutableTaskGraphs[0].getTaskGraph());
        grid = null;
    }

    private TornadoExecutionPlan(TwinMemory memory, GridScheduler grid) {
        this.memory = memory;
        this.grid = grid;
    }

    public TornadoExecutionPlan withDevice(TornadoDevice device) {
        return new TornadoExecutionPlan(memory, grid);
    }

    public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
        return new TornadoExecutionPlan(memory, gridScheduler);
    }

    public TornadoExecutionResult execute() {
        if (!results.isEmpty()) {
            throw new TornadoRuntimeException("results pile up: this plan has been executed before");
        }
        memory.execute(grid);
        results.add(new TornadoExecutionResult());
        return results.getFirst();
    }

    @Override
    public void close() throws TornadoExecutionPlanException {
        memory.free();
    }
}
