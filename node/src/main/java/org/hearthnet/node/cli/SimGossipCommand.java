package org.hearthnet.node.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hearthnet.node.sim.gossip.Attack;
import org.hearthnet.node.sim.gossip.GossipResult;
import org.hearthnet.node.sim.gossip.GossipSim;
import org.hearthnet.node.sim.gossip.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth sim gossip}: networks of gossipsub routers, calm and under attack. */
@Command(
        name = "gossip",
        description = {
            "Run networks of gossipsub routers: latencies of 20 to 150 ms, 1 % loss, a fifth of the peers replaced every ten",
            "minutes, and with an attack a fifth of the peers attacking. A seed decides everything about its run."
        })
final class SimGossipCommand implements Callable<Integer> {
    private static final int LEAST_PEERS = 30;
    private static final int MOST_PEERS = 10_000;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            defaultValue = "0",
            description = "Which runs, B included. Default: ${DEFAULT-VALUE}.")
    private String seeds = "0";

    @Option(
            names = "--peers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Peers in the network. Default: ${DEFAULT-VALUE}.")
    private int peers = 1000;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "100",
            description = "Messages in a run, two a second. Default: ${DEFAULT-VALUE}.")
    private int messages = 100;

    @Option(
            names = "--attack",
            paramLabel = "NAME",
            defaultValue = "all",
            description = "none, takeover, eclipse, ihave, invalid, withhold, mixed, or all of them one after another. "
                    + "Default: ${DEFAULT-VALUE}.")
    private String attack = "all";

    @Override
    public Integer call() {
        SeedRange range = SeedRange.parse(seeds);
        List<Attack> attacks = attacks();
        if (peers < LEAST_PEERS || peers > MOST_PEERS || messages < 1) {
            throw CommandException.usage(
                    "--peers must be " + LEAST_PEERS + " to " + MOST_PEERS + ", --messages 1 or more");
        }
        List<GossipResult> results = run(range, attacks);
        List<GossipResult> failed =
                results.stream().filter(result -> !result.isGood()).toList();
        output.print(document(results, failed), () -> show(results));
        return failed.isEmpty() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private List<Attack> attacks() {
        if (attack.equals("all")) {
            return List.of(Attack.values());
        }
        return Arrays.stream(Attack.values())
                .filter(a -> a.label().equals(attack))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> CommandException.usage("no attack is called " + attack + "; there are all, "
                        + Arrays.stream(Attack.values()).map(Attack::label).collect(Collectors.joining(", "))));
    }

    private List<GossipResult> run(SeedRange range, List<Attack> attacks) {
        AtomicLong done = new AtomicLong();
        long total = range.count() * attacks.size();
        List<GossipResult> out = new ArrayList<>();
        try (StepProgress progress = new StepProgress("sim", System.err)) {
            range.stream()
                    .forEach(seed -> attacks.forEach(kind -> {
                        out.add(GossipSim.run(Plan.of(peers, kind, messages), seed));
                        progress.at("runs", done.incrementAndGet(), total);
                    }));
        }
        return out;
    }

    private static Map<String, Object> document(List<GossipResult> results, List<GossipResult> failed) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("runs", results);
        document.put("requiredPercent", GossipResult.REQUIRED_PERCENT);
        document.put(
                "failedSeeds",
                failed.stream().map(GossipResult::seed).distinct().toList());
        return document;
    }

    private void show(List<GossipResult> results) {
        List<List<String>> rows = results.stream()
                .map(r -> List.of(
                        Long.toString(r.seed()),
                        r.attack().label(),
                        decimal(r.wholePercent()),
                        decimal(r.inTimePercent()),
                        Long.toString(r.limitMs()),
                        Long.toString(r.medianMs()),
                        Long.toString(r.p99Ms()),
                        Long.toString(r.slowestMs()),
                        decimal(r.amplification()),
                        decimal(r.byteAmplification()),
                        r.isGood() ? "yes" : "NO"))
                .toList();
        output.line("%d peers, %d messages a run; times in ms, -1 for never", peers, messages);
        output.table(
                List.of(
                        "seed",
                        "attack",
                        "reach all %",
                        "in time %",
                        "limit",
                        "median",
                        "p99",
                        "slowest",
                        "copies",
                        "bytes",
                        "good"),
                rows);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
