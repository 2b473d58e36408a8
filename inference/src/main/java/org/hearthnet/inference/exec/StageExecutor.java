package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.inference.exec.Split.Part;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.RopeTable;
import org.hearthnet.inference.tensor.Group;
import org.hearthnet.inference.tensor.GroupException;
import org.hearthnet.inference.tensor.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Runs a range of layers of a model, with the embedding in front if it holds the first layer and the output projection
 * behind if it holds the last. What it computes for a position does not depend on what else is in the batch, on how a
 * prompt is cut, or on how layers are divided among stages. Calls of all executors of one kernel are serialised, as a kernel
 * serves one caller at a time; the file must stay open.
 */
public final class StageExecutor {
    /** Rows that go through the layers together; bounds the working memory. */
    static final int MAX_ROWS = 256;

    private final ModelConfig config;
    private final LayerRange range;
    private final Kernel kernel;
    private final StageWeights weights;
    private final RopeTable rope;
    private final Workspace buffers;
    private final @Nullable Embedding embedding;
    private final @Nullable HeadPass head;
    private final ResidualFilter filter;
    private final Split split;
    private final GroupDirector director;

    private StageExecutor(
            ModelConfig config,
            LayerRange range,
            Kernel kernel,
            Split split,
            GroupDirector director,
            StageWeights weights,
            ResidualFilter filter) {
        this.filter = filter;
        this.split = split;
        this.director = director;
        this.config = config;
        this.range = range;
        this.kernel = kernel;
        this.weights = weights;
        this.rope = new RopeTable(config.rope());
        this.buffers = new Workspace(split, kernel);
        this.embedding = weights.embedding() == null ? null : new Embedding(weights.embedding());
        this.head = weights.head() == null ? null : new HeadPass(config, split, kernel, weights.head());
    }

    /** Loads the weights of {@code range}. */
    public static StageExecutor load(GgufFile file, LayerRange range, Kernel kernel) throws GgufException {
        return load(file, range, kernel, layersDone -> {});
    }

    /**
     * Loads the weights of {@code range}.
     *
     * @param progress told how many layers are loaded
     * @throws GgufException if the file does not hold a model of a supported kind
     */
    public static StageExecutor load(GgufFile file, LayerRange range, Kernel kernel, IntConsumer progress)
            throws GgufException {
        ModelConfig config = ModelConfig.of(file);
        return load(file, config, range, kernel, new WholeLayers(config, kernel), GroupDirector.NONE, progress);
    }

    /**
     * Loads this member's share of the weights of {@code range}. All members must load the same range of the same model, and
     * then run the same steps in the same order, each with sequences of its own; the first gets the outputs, and its sinks see
     * what those of a whole stage see at the ends of its last layer. The bits are those of one machine.
     *
     * @param director told of everything that runs here, before it does; {@link GroupDirector#NONE} in all members but the first
     * @throws IllegalArgumentException if the model cannot be shared by so many; the text says why
     */
    public static StageExecutor loadShare(
            GgufFile file, LayerRange range, Kernel kernel, Group group, GroupDirector director, IntConsumer progress)
            throws GgufException {
        ModelConfig config = ModelConfig.of(file);
        return load(file, config, range, kernel, new SharedLayers(config, kernel, group), director, progress);
    }

    private static StageExecutor load(
            GgufFile file,
            ModelConfig config,
            LayerRange range,
            Kernel kernel,
            Split split,
            GroupDirector director,
            IntConsumer progress)
            throws GgufException {
        if (range.toExclusive() > config.layers()) {
            throw new IllegalArgumentException("layers " + range + " of a model with " + config.layers());
        }
        StageWeights weights = StageWeights.load(file, config, range, kernel, split, progress);
        return new StageExecutor(config, range, kernel, split, director, weights, ResidualFilter.NONE);
    }

    /** A faulty executor over the same weights and kernel, to be used in place of this one. */
    public StageExecutor withFault(ResidualFilter fault) {
        if (!split.observesLayers()) {
            throw new IllegalArgumentException("a fault needs whole layers");
        }
        return new StageExecutor(config, range, kernel, split, director, weights, fault);
    }

    /** Bytes of weights that one pass reads, however many rows it has: what bounds decoding. */
    public long bytesPerPass() {
        return weights.bytes();
    }

    /** The whole model's shape. */
    public ModelConfig config() {
        return config;
    }

    /** The layers held. */
    public LayerRange range() {
        return range;
    }

    /** Whether it takes tokens. */
    public boolean isFirst() {
        return range.from() == 0;
    }

    /** Whether it yields logits. */
    public boolean isLast() {
        return head != null;
    }

    /** A sequence of at most {@code limit} positions, and of the model's context at most. */
    public SequenceState newSequence(int limit, KvBudget budget) {
        if (limit < 1) {
            throw new IllegalArgumentException("a sequence needs at least one position, got " + limit);
        }
        int most = Math.min(limit, config.context());
        return new SequenceState(range, split.attention(), kernel, budget, most, director::closed);
    }

    /** One sequence; throws if it is poisoned. See {@link #forward(List)}. */
    public StageOutput forward(Step step) {
        return forward(List.of(step)).getFirst().orThrow();
    }

    /**
     * Appends each step's input to its sequence. A sequence may occur once. Either all steps are admitted or an
     * exception leaves all as they were; poison is reported per step.
     *
     * @return outputs in the order of the steps
     * @throws IllegalArgumentException if an input is empty, of the wrong kind or size, or has a token id that does not
     *     exist; {@link ContextExceededException} if it is too long
     * @throws KvExhaustedException if the cache budget is used up
     */
    public List<StageOutput> forward(List<Step> steps) {
        synchronized (kernel) {
            return forwardAlone(steps);
        }
    }

    private List<StageOutput> forwardAlone(List<Step> steps) {
        var sound = new ArrayList<Step>();
        for (Step step : steps) {
            InputCheck.check(config, range, step, steps);
            if (!split.observesLayers() && step.sink().place().isPresent()) {
                throw new IllegalArgumentException("single operations are observed where whole layers are");
            }
            sound.add(steps.size() == 1 ? step : step.observedOnce());
        }
        int entered = 0;
        try {
            for (Step step : sound) {
                step.sequence().enter();
                entered++;
            }
            return reserveAndRun(sound);
        } finally {
            sound.subList(0, entered).forEach(step -> step.sequence().leave());
        }
    }

    private List<StageOutput> reserveAndRun(List<Step> steps) {
        reserveEverywhere(steps);
        try {
            return run(steps);
        } catch (PoisonException e) {
            if (steps.size() == 1) {
                return List.of(StageOutput.poisoned(e));
            }
            // Alone, each gives the same bits as together, so the sound ones lose nothing but time.
            return steps.stream().map(this::runAlone).toList();
        }
    }

    private void reserveEverywhere(List<Step> steps) {
        List<SequenceState.Claim> before =
                steps.stream().map(step -> step.sequence().claimed()).toList();
        director.steps(steps);
        split.begin();
        try {
            reserve(steps);
            split.agree();
        } catch (GroupException e) {
            for (int s = 0; s < steps.size(); s++) {
                steps.get(s).sequence().release(before.get(s));
            }
            split.fail(e);
            throw e.kind() == GroupException.Kind.MEMORY ? new KvExhaustedException(String.valueOf(e.getMessage())) : e;
        } catch (RuntimeException e) {
            split.fail(
                    e instanceof KvExhaustedException
                            ? new GroupException(GroupException.Kind.MEMORY, 0, String.valueOf(e.getMessage()))
                            : e);
            throw e;
        }
    }

    /** Makes room for all steps or for none. */
    private static void reserve(List<Step> steps) {
        List<SequenceState.Claim> before =
                steps.stream().map(step -> step.sequence().claimed()).toList();
        int done = 0;
        try {
            for (Step step : steps) {
                step.sequence().reserve(step.input().count());
                done++;
            }
        } catch (RuntimeException e) {
            for (int s = 0; s < done; s++) {
                steps.get(s).sequence().release(before.get(s));
            }
            throw e;
        }
    }

    private StageOutput runAlone(Step step) {
        try {
            return run(List.of(step)).getFirst();
        } catch (PoisonException e) {
            return StageOutput.poisoned(e);
        }
    }

    private List<StageOutput> run(List<Step> steps) {
        split.begin();
        try {
            List<StageOutput> outputs = compute(steps);
            split.agree();
            steps.forEach(step -> step.sequence().advance(step.input().count()));
            return outputs;
        } catch (RuntimeException e) {
            split.fail(e);
            throw e;
        }
    }

    private List<StageOutput> compute(List<Step> steps) {
        var collector = new OutputCollector(config, steps, isLast());
        for (Rows rows : Rows.cut(steps, MAX_ROWS)) {
            pass(rows, collector);
        }
        return collector.outputs();
    }

    private void pass(Rows rows, OutputCollector collector) {
        buffers.require(rows.count());
        var trace = new RowTrace(rows);
        kernel.start();
        readInputs(rows);
        if (isFirst()) {
            trace.operation(OperationKind.EMBED, 0, buffers.x, config.hidden());
        }
        var layers = new LayerPass(config, kernel, rope, buffers, rows, trace, filter, split);
        for (int layer = range.from(); layer < range.toExclusive(); layer++) {
            layers.run(layer, weights.layers().get(layer - range.from()), layer == range.toExclusive() - 1);
        }
        if (head != null) {
            collector.logits(rows, head.run(buffers.x, rows, trace));
        } else {
            layers.output().ifPresent(x -> collector.hidden(rows, x));
        }
        kernel.finish();
    }

    /** Every member reads whole rows, of which it keeps its part. */
    private void readInputs(Rows rows) {
        int hidden = config.hidden();
        Slice own = split.slice(Part.HIDDEN);
        float[] in = new float[rows.count() * own.size()];
        float[] row = new float[hidden];
        for (int r = 0; r < rows.count(); r++) {
            int index = rows.row(r).index();
            switch (rows.step(r).input()) {
                case StageInput.Tokens tokens ->
                    Objects.requireNonNull(embedding, "this stage has no embedding table")
                            .read(tokens.ids()[index], row, 0);
                case StageInput.Hidden rowsIn -> {
                    Poison.checkAll(rowsIn.values(), index * hidden, hidden, "hidden input");
                    System.arraycopy(rowsIn.values(), index * hidden, row, 0, hidden);
                }
            }
            System.arraycopy(row, own.from(), in, r * own.size(), own.size());
        }
        buffers.x.write(0, in, 0, in.length);
    }
}
