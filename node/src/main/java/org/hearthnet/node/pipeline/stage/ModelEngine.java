package org.hearthnet.node.pipeline.stage;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.hearthnet.genesis.arithmetic.Sampler;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.KvExhaustedException;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.StageOutput;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.tensor.GroupException;

/** A {@link StageEngine} over one model file: loads the spans it is asked for and keeps the last few. */
public final class ModelEngine implements StageEngine {
    private final ModelManifest manifest;
    private final LayerSpan held;
    private final KvBudget budget;
    private final SpanCache spans;
    private final Optional<SharedSpans> shared;
    private final Variant variant;
    private final int speed;

    /** Chooses what runs a stage of a job: a demo network may plant a fault here, everybody else runs what was loaded. */
    @FunctionalInterface
    public interface Variant {
        /** No fault. */
        Variant HONEST = (loaded, assignment, stage) -> loaded;

        /** The executor of this stage; the same whenever it is asked, so that a dispute shows what the job got. */
        StageExecutor of(StageExecutor loaded, Assignment assignment, int stage);
    }

    /**
     * How to compute.
     *
     * @param kernel a name that {@link Kernels} knows
     * @param threads threads of the kernel
     * @param cacheBytes memory of all key-value caches
     * @param variant what runs the stages of jobs; {@link Variant#HONEST} on every network but a demo
     * @param workers other machines that share the stages of jobs
     */
    public record Settings(
            String kernel, int threads, long cacheBytes, Variant variant, Optional<SharedSpans.Workers> workers) {
        /** Without workers. */
        public Settings(String kernel, int threads, long cacheBytes, Variant variant) {
            this(kernel, threads, cacheBytes, variant, Optional.empty());
        }
    }

    /** The use of loaded layers, to be closed afterwards: until then their memory stays. */
    public interface Borrowed extends AutoCloseable {
        /** What runs them. */
        StageExecutor executor();

        @Override
        void close();
    }

    private ModelEngine(
            ModelManifest manifest,
            LayerSpan held,
            KvBudget budget,
            SpanCache spans,
            Optional<SharedSpans> shared,
            Variant variant) {
        this.manifest = manifest;
        this.held = held;
        this.budget = budget;
        this.spans = spans;
        this.shared = shared;
        this.variant = variant;
        try (SpanCache.Lease lease = lease(held)) {
            this.speed = SpeedTest.layerTokensPerSecond(lease.executor(), budget);
        }
    }

    /** The layers for running jobs: shared with the workers, if there are any to be had, else whole. */
    private SpanCache.Lease lease(LayerSpan span) {
        return shared.flatMap(s -> s.lease(span)).orElseGet(() -> spans.lease(span));
    }

    /**
     * An engine over {@code file}, which must stay open; measures its speed.
     *
     * @param manifest of that file
     * @param held the layers that may be run here
     * @throws IllegalStateException if the layers cannot be loaded
     */
    public static ModelEngine open(GgufFile file, ModelManifest manifest, LayerSpan held, Settings settings) {
        SpanCache spans = new SpanCache(span -> load(file, span, settings));
        // A planted fault changes whole layers.
        Optional<SharedSpans> shared = settings.variant() == Variant.HONEST
                ? settings.workers()
                        .map(w -> new SharedSpans(w, () -> Kernels.choose(settings.kernel(), settings.threads())))
                : Optional.empty();
        return new ModelEngine(manifest, held, new KvBudget(settings.cacheBytes()), spans, shared, settings.variant());
    }

    private static SpanCache.Loaded load(GgufFile file, LayerSpan span, Settings settings) throws GgufException {
        Kernel kernel = Kernels.choose(settings.kernel(), settings.threads());
        try {
            return new SpanCache.Loaded(
                    StageExecutor.load(file, new LayerRange(span.from(), span.to()), kernel), kernel::close);
        } catch (GgufException | RuntimeException e) {
            kernel.close(); // with the weights that were loaded by then
            throw e;
        }
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public LayerSpan held() {
        return held;
    }

    @Override
    public int layerTokensPerSecond() {
        return speed;
    }

    /** Memory of all caches. */
    public KvBudget budget() {
        return budget;
    }

    @Override
    public Run start(Assignment assignment, int stage) {
        SpanCache.Lease lease = lease(assignment.stages().get(stage).layers());
        StageExecutor executor = variant.of(lease.executor(), assignment, stage);
        int limit = assignment.promptTokens() + assignment.maxTokens();
        // All jobs of a span share its passes: weights are read once for every one of them. A planted fault runs alone.
        Passes passes = executor == lease.executor() ? step -> inCompany(lease, step) : executor::forward;
        return new ModelRun(assignment, stage, lease, passes, executor.newSequence(limit, budget));
    }

    private StageOutput inCompany(SpanCache.Lease lease, Step step) throws InterruptedException {
        try {
            return lease.batcher().submit(step).await().orThrow();
        } catch (GroupException e) {
            shared.ifPresent(s -> s.lost(lease, e));
            throw new IllegalStateException("a machine of this node's group failed: " + e.getMessage(), e);
        }
    }

    /** Runs one step of a sequence, by itself or in a pass with others: the bits are the same. */
    @FunctionalInterface
    private interface Passes {
        StageOutput forward(Step step) throws InterruptedException;
    }

    /** The layers of {@code span} without any fault, for checking others. */
    public Borrowed borrow(LayerSpan span) {
        return spans.lease(span);
    }

    /** Lends the layers of {@code span}, without any fault, to {@code work}. */
    public <T> T with(LayerSpan span, Function<StageExecutor, T> work) {
        try (Borrowed layers = borrow(span)) {
            return work.apply(layers.executor());
        }
    }

    /** The very executor that serves {@code stage} of a job, fault and all: in a dispute a node shows what it computed. */
    public Borrowed borrow(Assignment assignment, int stage) {
        SpanCache.Lease lease = spans.lease(assignment.stages().get(stage).layers());
        StageExecutor executor = variant.of(lease.executor(), assignment, stage);
        return new Borrowed() {
            @Override
            public StageExecutor executor() {
                return executor;
            }

            @Override
            public void close() {
                lease.close();
            }
        };
    }

    @Override
    public void close() {
        shared.ifPresent(SharedSpans::close);
        spans.close();
    }

    private static final class ModelRun implements Run {
        private final Assignment assignment;
        private final int stage;
        private final Borrowed lease;
        private final Passes passes;
        private final SequenceState sequence;
        private boolean closed;

        ModelRun(Assignment assignment, int stage, Borrowed lease, Passes passes, SequenceState sequence) {
            this.assignment = assignment;
            this.stage = stage;
            this.lease = lease;
            this.passes = passes;
            this.sequence = sequence;
        }

        @Override
        public Frame run(StageInput input) throws InterruptedException {
            int lastLayer = assignment.stages().get(stage).layers().to() - 1;
            LeafSink sink = new LeafSink(assignment.id(), stage, lastLayer);
            int end = sequence.length() + input.count();
            boolean draws = assignment.isLast(stage) && end >= assignment.promptTokens();
            StageOutput output =
                    forward(new Step(sequence, input, draws ? LogitsWanted.LAST : LogitsWanted.NONE, sink));
            OptionalInt token = draws ? OptionalInt.of(draw(output.logits(), end - 1)) : OptionalInt.empty();
            return new Frame(output.hidden(), token, sink.residuals(), sink.traces());
        }

        private StageOutput forward(Step step) throws InterruptedException {
            try {
                return passes.forward(step);
            } catch (KvExhaustedException e) {
                throw new IllegalStateException("no memory for the cache: " + e.getMessage(), e);
            }
        }

        private int draw(float[] logits, int position) {
            SamplerSettings s = assignment.sampler();
            var parameters = new SamplerParameters(s.temperature(), s.topK(), s.topP());
            return Sampler.sample(logits, parameters, s.seed(), position);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                sequence.close();
                lease.close();
            }
        }
    }
}
