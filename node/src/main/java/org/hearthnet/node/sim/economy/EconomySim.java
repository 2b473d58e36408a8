package org.hearthnet.node.sim.economy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.hearthnet.genesis.rules.Detection.Shares;
import org.hearthnet.node.sim.economy.Strategy.Kind;

/** Runs all parts of the simulator. The same options give the same report, on any number of processors. */
public final class EconomySim {
    private static final Shares STATED = new Shares(Bound.STATED, Bound.STATED, Bound.STATED);
    private static final int PARTS = 3;

    private final Options options;
    private final Progress progress;

    /**
     * How much is run.
     *
     * @param seed all chance
     * @param nodes nodes of the town, at least 200
     * @param epochs its epochs
     * @param regionNodes nodes of the aggregate model
     * @param effort lives for each best response
     * @param cube steps of the surface, thousandths; none for no surface
     * @param bounds steps on the way to each bound, thousandths, ascending
     */
    public record Options(
            long seed,
            int nodes,
            int epochs,
            int regionNodes,
            BestResponse.Effort effort,
            List<Integer> cube,
            List<Integer> bounds) {
        /** A look: a minute or two. */
        public static Options small(long seed) {
            return new Options(seed, 200, 40, 2_000, effort(seed, 30, 200), List.of(), List.of(333, 500, 700));
        }

        /** What the project's figures are taken with: a half an hour and more. */
        public static Options full(long seed) {
            return new Options(
                    seed,
                    2_000,
                    500,
                    100_000,
                    effort(seed, 30, 300),
                    List.of(0, 333, 667),
                    List.of(333, 400, 450, 500, 600, 700, 800, 900));
        }

        /** The same with a town of another size. */
        public Options inTown(int withNodes, int withEpochs) {
            return new Options(seed, withNodes, withEpochs, regionNodes, effort, cube, bounds);
        }

        /** The same with more or fewer lives; a tenth as many are for looking. */
        public Options withLives(int lives) {
            int search = Math.max(1, lives / 10);
            return new Options(seed, nodes, epochs, regionNodes, effort(seed, search, lives), cube, bounds);
        }

        /** Lives of 60 epochs. */
        public static BestResponse.Effort effort(long seed, int search, int sample) {
            return new BestResponse.Effort(SimParameters.network(), Market.TYPICAL, 60, search, sample, seed);
        }
    }

    /** Told how far it is; from several threads. */
    public interface Progress {
        /** {@code done} of {@code total} of {@code step}. */
        void at(String step, long done, long total);
    }

    private EconomySim(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Runs everything. */
    public static EconomyReport run(Options options, Progress progress) {
        return new EconomySim(options, progress).run();
    }

    private EconomyReport run() {
        List<Attempt> attempts = Attempts.all(options.seed);
        List<Strategy> all = Strategies.all();
        Map<Strategy, BestResponse> best = atBound(all);
        // The town is one thread's work; beside it there is room for the others.
        CompletableFuture<TownResult> town = CompletableFuture.supplyAsync(() -> town(all, best));
        Region region = Region.of(options.regionNodes, options.effort);
        int points = 4 * options.bounds.size();
        AtomicInteger done = new AtomicInteger();
        int[] steps = options.bounds.stream().mapToInt(Integer::intValue).toArray();
        List<Strategy> lies = all.stream().filter(s -> !s.isHarmless()).toList();
        List<Bound> bounds =
                Bound.find(lies, steps, options.effort, more -> progress.at("bounds", done.addAndGet(more), points));
        Map<Strategy, List<BestResponse>> surfaces = surfaces(all);
        TownResult settled = town.join();
        return new EconomyReport(
                options.seed,
                lines(best, surfaces, all, settled),
                bounds,
                attempts,
                Surface.cards(options.effort),
                settled,
                region);
    }

    private Map<Strategy, BestResponse> atBound(List<Strategy> all) {
        Map<Strategy, BestResponse> out = new LinkedHashMap<>();
        for (Strategy strategy : all) {
            if (strategy.kind() != Kind.REFUSED) {
                out.put(strategy, BestResponse.of(strategy, STATED, options.effort));
                progress.at("best responses", out.size(), all.size());
            }
        }
        return out;
    }

    private Map<Strategy, List<BestResponse>> surfaces(List<Strategy> all) {
        Map<Strategy, List<BestResponse>> out = new LinkedHashMap<>();
        if (options.cube.isEmpty()) {
            return out;
        }
        List<Shares> cube =
                Surface.cube(options.cube.stream().mapToInt(Integer::intValue).toArray());
        AtomicInteger done = new AtomicInteger();
        for (Strategy s : all) {
            if (s.kind() == Kind.EXECUTOR) {
                out.put(
                        s,
                        Surface.of(
                                s,
                                cube,
                                options.effort,
                                more -> progress.at(
                                        "surfaces", done.addAndGet(more), (long) cube.size() * all.size())));
            }
        }
        return out;
    }

    private static List<EconomyReport.Line> lines(
            Map<Strategy, BestResponse> best,
            Map<Strategy, List<BestResponse>> surfaces,
            List<Strategy> all,
            TownResult town) {
        List<EconomyReport.Line> out = new ArrayList<>();
        for (Strategy s : all) {
            Optional<TownResult.GroupResult> inTown = town.groups().stream()
                    .filter(g -> g.name().equals(s.name()))
                    .findFirst();
            out.add(new EconomyReport.Line(
                    s, Optional.ofNullable(best.get(s)), surfaces.getOrDefault(s, List.of()), inTown));
        }
        return List.copyOf(out);
    }

    private TownResult town(List<Strategy> all, Map<Strategy, BestResponse> best) {
        TownPlan plan = plan(all, best);
        return Town.run(plan, epoch -> progress.at("town", epoch, plan.epochs()));
    }

    /** One ring with a third of everything; a few of each other strategy, in what its best response at the bound is. */
    private TownPlan plan(List<Strategy> all, Map<Strategy, BestResponse> best) {
        int executors = options.nodes / 5;
        int clients = options.nodes / 20;
        int verifiers = options.nodes - executors - clients;
        List<TownPlan.Group> groups = new ArrayList<>();
        for (Strategy s : all) {
            BestResponse response = best.get(s);
            if (response != null) {
                groups.add(group(s, response.conduct(), executors, verifiers));
            }
        }
        return new TownPlan(
                SimParameters.network(),
                Market.SMALL,
                executors,
                verifiers,
                clients,
                options.epochs,
                groups,
                options.seed);
    }

    private static TownPlan.Group group(Strategy s, Conduct conduct, int executors, int verifiers) {
        if (s.name().equals(Strategies.COALITION)) {
            return new TownPlan.Group(s.name(), conduct, executors / PARTS, verifiers / PARTS, Bound.STATED);
        }
        int few = Math.max(1, executors / 80);
        return s.kind() == Kind.EXECUTOR
                ? new TownPlan.Group(s.name(), conduct, few, 0, 0)
                : new TownPlan.Group(s.name(), conduct, 0, 4 * few, 0);
    }
}
