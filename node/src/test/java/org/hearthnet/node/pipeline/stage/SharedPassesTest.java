package org.hearthnet.node.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hearthnet.node.pipeline.TestModel;
import org.junit.jupiter.api.Test;

/** Jobs that run at once share passes; what each of them commits to must not show it. */
class SharedPassesTest {
    private static final int JOBS = 6;

    @Test
    void jobsAtOnceCommitToWhatEachCommitsToAlone() throws Exception {
        try (ModelEngine alone = TestModel.engine();
                ModelEngine shared = TestModel.engine();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<List<StageEngine.Frame>> expected = new ArrayList<>();
            for (int job = 0; job < JOBS; job++) {
                expected.add(SampleRuns.run(alone, job));
            }
            var together = new CyclicBarrier(JOBS);
            List<Future<List<StageEngine.Frame>>> running = new ArrayList<>();
            for (int job = 0; job < JOBS; job++) {
                int number = job;
                running.add(threads.submit(() -> {
                    together.await();
                    return SampleRuns.run(shared, number);
                }));
            }
            for (int job = 0; job < JOBS; job++) {
                SampleRuns.assertSame(expected.get(job), running.get(job).get(), "job " + job);
            }
        }
    }
}
