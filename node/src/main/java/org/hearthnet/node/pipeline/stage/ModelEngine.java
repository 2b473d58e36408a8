package org.hearthnet.node.pipeline.stage;

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
import org.hearthnet.inference.exec.ResidualFilter;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.StageOutput;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;

/** A {@link StageEngine} over one model file: loads the spans it is asked for and keeps the last few. */
public final class ModelEngine implements StageEngine {
    private final ModelManifest manifest;
    private final LayerSpan held;
    private final KvBudget budget;
    private final SpanCache spans;
    private final int speed;

    /**
     * How to compute.
     *
     * @param kernel a name that {@link Kernels} knows
     * @param threads threads of the kernel
     * @param cacheBytes memory of all key-value caches
     * @param fault what a development network's dishonest node does to its results; {@link ResidualFilter#NONE} elsewhere
     */
    public record Settings(String kernel, int threads, long cacheBytes, ResidualFilter fault) {}

    private ModelEngine(ModelManifest manifest, LayerSpan held, KvBudget budget, SpanCache spans, int speed) {
        this.manifest = manifest;
        this.held = held;
        this.budget = budget;
        this.spans = spans;
        this.speed = speed;
    }

    /**
     * An engine over {@code file}, which must stay open; measures its speed.
     *
     * @param manifest of that file
     * @param held the layers that may be run here
     * @throws IllegalStateException if the layers cannot be loaded
     */
    public static ModelEngine open(GgufFile file, ModelManifest manifest, LayerSpan held, Settings settings) {
        SpanCache spans = new SpanCache(span -> {
            Kernel kernel = Kernels.choose(settings.kernel(), settings.threads());
            var executor = StageExecutor.load(file, new LayerRange(span.from(), span.to()), kernel);
            return new SpanCache.Loaded(
                    settings.fault() == ResidualFilter.NONE ? executor : executor.withFault(settings.fault()), kernel);
        });
        KvBudget budget = new KvBudget(settings.cacheBytes());
        try (SpanCache.Lease lease = spans.lease(held)) {
            return new ModelEngine(
                    manifest, held, budget, spans, SpeedTest.layerTokensPerSecond(lease.executor(), budget));
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
        SpanCache.Lease lease = spans.lease(assignment.stages().get(stage).layers());
        int limit = assignment.promptTokens() + assignment.maxTokens();
        return new ModelRun(assignment, stage, lease, lease.executor().newSequence(limit, budget));
    }

    /**
     * Lends the executor of {@code span} to {@code work}: the very one that serves jobs, fault and all, so that in a
     * dispute a node shows what it computed.
     */
    public <T> T with(LayerSpan span, Function<StageExecutor, T> work) {
        try (SpanCache.Lease lease = spans.lease(span)) {
            return work.apply(lease.executor());
        }
    }

    @Override
    public void close() {
        spans.close();
    }

    private static final class ModelRun implements Run {
        private final Assignment assignment;
        private final int stage;
        private final SpanCache.Lease lease;
        private final SequenceState sequence;
        private boolean closed;

        ModelRun(Assignment assignment, int stage, SpanCache.Lease lease, SequenceState sequence) {
            this.assignment = assignment;
            this.stage = stage;
            this.lease = lease;
            this.sequence = sequence;
        }

        @Override
        public Frame run(StageInput input) {
            int lastLayer = assignment.stages().get(stage).layers().to() - 1;
            LeafSink sink = new LeafSink(assignment.id(), stage, lastLayer);
            int end = sequence.length() + input.count();
            boolean draws = assignment.isLast(stage) && end >= assignment.promptTokens();
            StageOutput output =
                    forward(new Step(sequence, input, draws ? LogitsWanted.LAST : LogitsWanted.NONE, sink));
            OptionalInt token = draws ? OptionalInt.of(draw(output.logits(), end - 1)) : OptionalInt.empty();
            return new Frame(output.hidden(), token, sink.residuals(), sink.traces());
        }

        private StageOutput forward(Step step) {
            try {
                return lease.executor().forward(step);
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
