package org.hearthnet.node.pipeline.stage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.hearthnet.genesis.arithmetic.Sampler;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.KvExhaustedException;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.StageOutput;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.gguf.GgufException;

/** A {@link StageEngine} over one model: loads the spans it is asked for and keeps the last few. */
public final class ModelEngine implements StageEngine {
    /** Spans whose prepared weights are kept; each costs the memory of its layers. */
    static final int MAX_LOADED = 3;

    private final ModelManifest manifest;
    private final LayerSpan held;
    private final KvBudget budget;
    private final Loader loader;
    private final Variant variant;
    private final int speed;
    // One kernel serves one caller at a time, whichever span it runs.
    private final ReentrantLock running = new ReentrantLock();
    private final Map<LayerSpan, StageExecutor> loaded = new LinkedHashMap<>(8, 0.75f, true);

    /** Loads a span of the model, with whatever observes or disturbs it. */
    @FunctionalInterface
    public interface Loader {
        /** The executor of {@code span}. */
        StageExecutor load(LayerSpan span) throws GgufException;
    }

    /** Chooses what runs a stage of a job: a demo network may plant a fault here, everybody else runs what was loaded. */
    @FunctionalInterface
    public interface Variant {
        /** No fault. */
        Variant HONEST = (loaded, assignment, stage) -> loaded;

        /** The executor of this stage; the same whenever it is asked, so that a dispute shows what the job got. */
        StageExecutor of(StageExecutor loaded, Assignment assignment, int stage);
    }

    /** An engine without faults. */
    public ModelEngine(
            ModelManifest manifest, LayerSpan held, KvBudget budget, int layerTokensPerSecond, Loader loader) {
        this(manifest, held, budget, layerTokensPerSecond, loader, Variant.HONEST);
    }

    /**
     * An engine.
     *
     * @param manifest the model
     * @param held the layers that may be run here
     * @param budget memory of all caches
     * @param layerTokensPerSecond measured speed
     * @param loader loads spans inside {@code held}
     * @param variant what runs the stages of jobs
     */
    public ModelEngine(
            ModelManifest manifest,
            LayerSpan held,
            KvBudget budget,
            int layerTokensPerSecond,
            Loader loader,
            Variant variant) {
        this.manifest = manifest;
        this.held = held;
        this.budget = budget;
        this.speed = layerTokensPerSecond;
        this.loader = loader;
        this.variant = variant;
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

    @Override
    public Run start(Assignment assignment, int stage) {
        StageExecutor executor = executor(assignment, stage);
        int limit = assignment.promptTokens() + assignment.maxTokens();
        return new ModelRun(assignment, stage, executor, executor.newSequence(limit, budget));
    }

    /** What runs {@code stage} of a job, and shows in a dispute what was computed. */
    public StageExecutor executor(Assignment assignment, int stage) {
        return variant.of(executor(assignment.stages().get(stage).layers()), assignment, stage);
    }

    /** The executor of {@code span} without any fault, for checking others. */
    public StageExecutor executor(LayerSpan span) {
        running.lock();
        try {
            StageExecutor known = loaded.get(span);
            if (known == null) {
                known = loader.load(span);
                loaded.put(span, known);
                if (loaded.size() > MAX_LOADED) {
                    loaded.remove(loaded.keySet().iterator().next());
                }
            }
            return known;
        } catch (GgufException e) {
            throw new IllegalStateException("layers " + span + " cannot be loaded: " + e.getMessage(), e);
        } finally {
            running.unlock();
        }
    }

    @Override
    public void close() {
        running.lock();
        try {
            loaded.clear();
        } finally {
            running.unlock();
        }
    }

    private final class ModelRun implements Run {
        private final Assignment assignment;
        private final int stage;
        private final StageExecutor executor;
        private final SequenceState sequence;

        ModelRun(Assignment assignment, int stage, StageExecutor executor, SequenceState sequence) {
            this.assignment = assignment;
            this.stage = stage;
            this.executor = executor;
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
            running.lock();
            try {
                return executor.forward(step);
            } catch (KvExhaustedException e) {
                throw new IllegalStateException("no memory for the cache: " + e.getMessage(), e);
            } finally {
                running.unlock();
            }
        }

        private int draw(float[] logits, int position) {
            SamplerSettings s = assignment.sampler();
            var parameters = new SamplerParameters(s.temperature(), s.topK(), s.topP());
            return Sampler.sample(logits, parameters, s.seed(), position);
        }

        @Override
        public void close() {
            running.lock();
            try {
                sequence.close();
            } finally {
                running.unlock();
            }
        }
    }
}
