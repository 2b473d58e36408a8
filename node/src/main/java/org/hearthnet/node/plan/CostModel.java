package org.hearthnet.node.plan;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.node.plan.Counting.Cache;
import org.hearthnet.node.plan.Counting.Returns;

/**
 * The time, memory and utilisation of a pipeline that generates tokens.
 *
 * <p>A stage reads its weights once a batch and its caches once a sequence, and does two operations for each weight and
 * sequence (Kaplan et al., "Scaling laws for neural language models", 2020, section 2.1), and for attention two for each
 * element of the keys and of the values that a head looks at. Reading and computing overlap: the slower one counts. With a
 * batch going round, a token takes the sum over stages and links. With {@code K} batches going round, in the steady state it
 * takes at least {@code K} times what the busiest part is occupied by a batch: both bounds together are the estimate.
 *
 * @param counting what counts
 */
public record CostModel(Counting counting) {
    /** Each half of a layer, attention and feed-forward, ends with an exchange. */
    private static final int EXCHANGES_A_LAYER = 2;

    private static final int TOKEN_BYTES = 4;

    /** Vectors of a sequence that a layer holds at once: what came in, what goes out. */
    private static final int LIVE_VECTORS = 2;

    /** Estimates {@code pipeline} under {@code work}. */
    public Estimate estimate(Pipeline pipeline, Workload work) {
        List<StageEstimate> stages = new ArrayList<>();
        for (int i = 0; i < pipeline.stages().size(); i++) {
            stages.add(stage(pipeline, i, work));
        }
        double alone = stages.stream().mapToDouble(StageEstimate::seconds).sum();
        double busiest = stages.stream()
                .mapToDouble(s -> s.occupied(work.overlap()))
                .max()
                .orElseThrow();
        double seconds = Math.max(alone, work.inFlight() * busiest);
        double tokens = work.inFlight() * work.batch() / seconds;
        return new Estimate(
                stages,
                seconds,
                tokens,
                limit(stages, work, work.inFlight() * busiest > alone),
                utilisation(pipeline, stages, work, seconds),
                work.inFlight() * busiest >= alone);
    }

    /**
     * Bytes of the keys and values of {@code context} positions of one sequence in {@code layers} layers: two vectors for
     * each layer and position, of as many elements as the heads that count.
     */
    public double cacheBytes(ModelShape model, int layers, int context) {
        double elements = (double) cacheHeads(model) * model.headSize();
        return 2.0 * layers * context * elements * model.bytesPerCacheElement();
    }

    private int cacheHeads(ModelShape model) {
        return switch (counting.cache()) {
            case IGNORED -> 0;
            case MULTI_HEAD -> model.heads();
            case GROUPED -> model.keyValueHeads();
        };
    }

    /** Memory of each device of a stage. */
    public StageMemory memory(Pipeline pipeline, int index, Workload work) {
        ModelShape model = pipeline.model();
        Stage stage = pipeline.stages().get(index);
        double weights = (passWeights(pipeline, index) + (index == 0 ? model.inputWeights() : 0))
                * model.bytesPerWeight()
                / stage.devices();
        double cache = (double) work.inFlight()
                * work.batch()
                * cacheBytes(model, stage.layers(), work.context())
                / stage.devices();
        double vectors = LIVE_VECTORS * work.batch() * model.activationBytes();
        return new StageMemory(
                weights,
                cache,
                counting.cache() == Cache.IGNORED ? 0 : vectors,
                stage.device().memoryBytes() * (1 - counting.reservedShare()));
    }

    /** Weights that a pass through the stage reads. */
    private static double passWeights(Pipeline pipeline, int index) {
        ModelShape model = pipeline.model();
        boolean last = index == pipeline.stages().size() - 1;
        return pipeline.stages().get(index).layers() * model.layerWeights() + (last ? model.outputWeights() : 0);
    }

    private StageEstimate stage(Pipeline pipeline, int index, Workload work) {
        ModelShape model = pipeline.model();
        Stage stage = pipeline.stages().get(index);
        double weights = passWeights(pipeline, index);
        double read =
                weights * model.bytesPerWeight() + work.batch() * cacheBytes(model, stage.layers(), work.context());
        double operations = work.batch() * (2 * weights + attention(model, stage.layers(), work.context()));
        Device device = stage.device();
        return new StageEstimate(
                memory(pipeline, index, work),
                read / stage.devices() / device.memoryBytesPerSecond(),
                operations / stage.devices() / device.operationsPerSecond(),
                exchange(model, stage, work),
                send(pipeline, index, work),
                operations);
    }

    /** Every query head multiplies with every key and weighs every value, whoever shares them. */
    private double attention(ModelShape model, int layers, int context) {
        return counting.cache() == Cache.IGNORED ? 0 : 2.0 * 2 * layers * context * model.heads() * model.headSize();
    }

    private double exchange(ModelShape model, Stage stage, Workload work) {
        int n = stage.devices();
        if (n == 1) {
            return 0;
        }
        double bytes = work.batch() * model.activationBytes();
        Link inner = counted(stage.inner());
        double once = switch (counting.tensorTraffic()) {
            case BROADCAST -> inner.seconds(bytes);
            case ALL_REDUCE -> Math.min(2.0 * (n - 1) * inner.seconds(bytes / n), inner.seconds((n - 1) * bytes));
        };
        return (double) EXCHANGES_A_LAYER * stage.layers() * once;
    }

    private double send(Pipeline pipeline, int index, Workload work) {
        if (pipeline.links().isEmpty()) {
            return 0;
        }
        boolean returning = index == pipeline.stages().size() - 1 && counting.returns() == Returns.TOKENS;
        double each = returning ? TOKEN_BYTES : pipeline.model().activationBytes();
        int copies = counting.everyDeviceSends() ? pipeline.stages().get(index).devices() : 1;
        return counted(pipeline.links().get(index)).seconds(work.batch() * each * copies);
    }

    private Link counted(Link link) {
        return counting.messageTime() ? link : link.withoutMessageTime();
    }

    /** The largest part of the busiest stage if the pipeline is full and parts overlap, else of the whole way. */
    private static Limit limit(List<StageEstimate> stages, Workload work, boolean full) {
        List<StageEstimate> counted = stages;
        if (full) {
            counted = List.of(stages.stream()
                    .max((a, b) -> Double.compare(a.occupied(work.overlap()), b.occupied(work.overlap())))
                    .orElseThrow());
        }
        double read = 0;
        double arithmetic = 0;
        double exchange = 0;
        double send = 0;
        for (StageEstimate s : counted) {
            if (s.readSeconds() >= s.arithmeticSeconds()) {
                read += s.readSeconds();
            } else {
                arithmetic += s.arithmeticSeconds();
            }
            exchange += s.exchangeSeconds();
            send += s.sendSeconds();
        }
        double most = Math.max(Math.max(read, arithmetic), Math.max(exchange, send));
        if (most == read) {
            return Limit.MEMORY_BANDWIDTH;
        }
        if (most == arithmetic) {
            return Limit.ARITHMETIC;
        }
        return most == exchange ? Limit.TENSOR_TRAFFIC : Limit.NETWORK;
    }

    private static double utilisation(
            Pipeline pipeline, List<StageEstimate> stages, Workload work, double secondsPerToken) {
        double done = stages.stream().mapToDouble(StageEstimate::operations).sum() * work.inFlight() / secondsPerToken;
        double possible = pipeline.stages().stream()
                .mapToDouble(s -> s.devices() * s.device().operationsPerSecond())
                .sum();
        return done / possible;
    }
}
