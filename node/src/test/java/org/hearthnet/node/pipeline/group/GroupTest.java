package org.hearthnet.node.pipeline.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.hearthnet.node.pipeline.TestModel;
import org.hearthnet.node.pipeline.stage.ModelEngine;
import org.hearthnet.node.pipeline.stage.SampleRuns;
import org.hearthnet.node.pipeline.stage.StageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Machines that share stages, over real sockets. */
@Timeout(180)
class GroupTest {
    private static final GroupTimes TIMES =
            new GroupTimes(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(30));
    private static final Hash32 MODEL = WorkerService.modelId(TestModel.MANIFEST);
    private static final int WORKERS = 2;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Libp2pHost> hosts = new ArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicLong names = new AtomicLong(1);

    @BeforeEach
    void start() throws IOException {
        for (int seed = 0; seed <= WORKERS; seed++) {
            hosts.add(TestHosts.start(700 + seed));
        }
        for (Host worker : hosts.subList(1, hosts.size())) {
            open.add(serve(worker, hosts.getFirst().id(), MODEL));
        }
    }

    private WorkerService serve(Host worker, PeerId leader, Hash32 model) {
        return new WorkerService(
                worker,
                leader,
                new WorkerService.Model(TestModel.FILE, model, "vector", 1, 64L << 20),
                TIMES,
                log::add);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        hosts.forEach(Libp2pHost::close);
    }

    private List<Multiaddr> workers() {
        return hosts.subList(1, hosts.size()).stream().map(TestHosts::address).toList();
    }

    private ModelEngine engine() {
        var workers = new GroupWorkers(
                hosts.getFirst(),
                workers(),
                TestModel.FILE,
                MODEL,
                TIMES,
                () -> new Hash32(names.incrementAndGet(), 0, 0, 0),
                log::add);
        var settings =
                new ModelEngine.Settings("vector", 1, 64L << 20, ModelEngine.Variant.HONEST, Optional.of(workers));
        LayerSpan all = new LayerSpan(0, TestModel.MANIFEST.shape().layers());
        ModelEngine engine = ModelEngine.open(TestModel.FILE, TestModel.MANIFEST, all, settings);
        open.add(engine);
        return engine;
    }

    private boolean logged(String part) {
        return log.stream().anyMatch(line -> line.contains(part));
    }

    @Test
    void jobsOfAGroupCommitToWhatOneMachineCommitsTo() throws Exception {
        ModelEngine shared = engine();
        try (ModelEngine alone = TestModel.engine();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<StageEngine.Frame>>> running = new ArrayList<>();
            for (int job = 0; job < 4; job++) {
                int number = job;
                running.add(threads.submit(() -> SampleRuns.run(shared, number)));
            }
            for (int job = 0; job < 4; job++) {
                SampleRuns.assertSame(
                        SampleRuns.run(alone, job), running.get(job).get(), "job " + job);
            }
        }
        assertTrue(logged("layers 0-5 are shared with 2 workers"), log::toString);
        assertEquals(false, logged("alone"), log::toString);
    }

    @Test
    void withoutAWorkerTheNodeGoesOnAlone() throws Exception {
        ModelEngine shared = engine();
        List<StageEngine.Frame> before = SampleRuns.run(shared, 1);
        hosts.getLast().close();
        var failure = assertThrows(IllegalStateException.class, () -> SampleRuns.run(shared, 1));
        assertTrue(String.valueOf(failure.getMessage()).contains("member 2"), failure::toString);
        SampleRuns.assertSame(before, SampleRuns.run(shared, 1), "alone");
        assertTrue(logged("the group has ended"), log::toString);
    }

    @Test
    void onlyTheLeaderAndItsModelAreServed() throws Exception {
        Libp2pHost stranger = TestHosts.start(790);
        hosts.add(stranger); // closed with the others, and no worker
        var plan = new GroupLeader.Plan(stranger, workers().subList(0, 1), new Hash32(9, 9, 9, 9), TIMES);
        try (VectorKernel kernel = new VectorKernel(1)) {
            assertThrows(IOException.class, () -> GroupLeader.form(plan, stage(kernel, MODEL)));
            var own = new GroupLeader.Plan(hosts.getFirst(), workers().subList(0, 1), new Hash32(9, 9, 9, 9), TIMES);
            var refused =
                    assertThrows(IOException.class, () -> GroupLeader.form(own, stage(kernel, new Hash32(1, 1, 1, 1))));
            assertTrue(String.valueOf(refused.getMessage()).contains("the model here is"), refused::toString);
        }
    }

    private static GroupLeader.Stage stage(VectorKernel kernel, Hash32 model) {
        return new GroupLeader.Stage(TestModel.FILE, model, new LayerSpan(0, 2), kernel);
    }
}
