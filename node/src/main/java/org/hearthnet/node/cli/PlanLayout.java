package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.HostKind;
import org.hearthnet.node.plan.Link;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.NetworkKind;
import org.hearthnet.node.plan.Pipeline;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.Stage;
import org.hearthnet.node.plan.catalog.Catalog;
import org.hearthnet.node.plan.search.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which machines, and who runs which layers. */
final class PlanLayout {
    private static final Pattern STAGE = Pattern.compile("(?:([0-9]{1,4})x)?([^:]+):([0-9]{1,5})");
    private static final int MAX_STAGES = 1024;

    @Option(names = "--count", defaultValue = "1", description = "Cards (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--per-host", defaultValue = "1", description = "Cards in each host (${DEFAULT-VALUE}).")
    private int perHost;

    @Option(names = "--host", defaultValue = "desktop", description = "Kind of host (${DEFAULT-VALUE}).")
    private String host = "desktop";

    @Option(names = "--network", defaultValue = "1g", description = "Network between hosts (${DEFAULT-VALUE}).")
    private String network = "1g";

    @Option(
            names = "--tensor",
            defaultValue = "1",
            description = "Cards that share each layer; the groups form a pipeline (${DEFAULT-VALUE}).")
    private int tensor;

    @Option(
            names = "--stage",
            paramLabel = "[NxDEVICE]:LAYERS",
            description = "Instead of the above, once for each stage in the order of the layers: rtx-4090:40, or"
                    + " 2xrtx-3090:40 for two cards that share 40 layers. Each is a host of its own.")
    private List<String> stages = new ArrayList<>();

    /** Machines with their price and power. */
    record Machines(Pipeline pipeline, double usd, double watts) {}

    Machines machines(PlanOptions options, Catalog catalog, ModelShape model) throws IOException {
        NetworkKind between = catalog.network(network);
        Optional<Link> measured = options.measured().flatMap(m -> m.link());
        NetworkKind used = measured.isPresent()
                ? new NetworkKind(
                        between.name(), measured.get(), between.cardUsd(), between.portUsd(), between.maxHosts())
                : between;
        return stages.isEmpty()
                ? even(options.device(catalog, model), catalog.host(host), used, model)
                : listed(catalog, used, model);
    }

    private Machines even(Device device, HostKind kind, NetworkKind between, ModelShape model) {
        PlanException.require(
                count > 0 && perHost > 0 && tensor > 0, "--count, --per-host and --tensor must be at least 1");
        PlanException.require(
                count % perHost == 0, "--count " + count + " cards do not divide into hosts of " + perHost);
        PlanException.require(
                perHost <= kind.cards(), "a " + kind.name() + " takes " + kind.cards() + " cards, not " + perHost);
        PlanException.require(
                count % tensor == 0, "--count " + count + " cards do not divide into groups of --tensor " + tensor);
        PlanException.require(
                tensor <= perHost ? perHost % tensor == 0 : tensor % perHost == 0,
                "groups of " + tensor + " cards must lie within hosts of " + perHost + " or take whole ones");
        int hosts = count / perHost;
        PlanException.require(
                hosts <= between.maxHosts(), between.name() + " joins at most " + between.maxHosts() + " hosts");
        Split split = new Split(
                device,
                kind,
                hosts,
                perHost,
                hosts == 1 ? Optional.empty() : Optional.of(between),
                tensor,
                count / tensor);
        return new Machines(split.pipeline(model), split.usd(), split.watts());
    }

    private Machines listed(Catalog catalog, NetworkKind between, ModelShape model) {
        PlanException.require(stages.size() <= MAX_STAGES, "at most " + MAX_STAGES + " stages");
        List<Stage> out = new ArrayList<>();
        double usd = between.usd(stages.size());
        double watts = 0;
        for (String text : stages) {
            Stage stage = stage(catalog, text);
            HostKind kind = hostFor(catalog, stage.devices());
            out.add(stage);
            usd += stage.devices() * stage.device().usd() + kind.usd();
            watts += stage.devices() * stage.device().watts() + kind.watts();
        }
        return new Machines(Pipeline.over(model, out, between.link()), usd, watts);
    }

    private static Stage stage(Catalog catalog, String text) {
        Matcher m = STAGE.matcher(text);
        PlanException.require(m.matches(), "--stage " + text + " is not of the form rtx-4090:40 or 2xrtx-3090:40");
        @Nullable String devices = m.group(1);
        return Stage.tensor(
                catalog.device(m.group(2)),
                devices == null ? 1 : Integer.parseInt(devices),
                Integer.parseInt(m.group(3)));
    }

    /** The cheapest that takes so many cards. */
    private static HostKind hostFor(Catalog catalog, int cards) {
        return catalog.hosts().stream()
                .filter(h -> h.cards() >= cards)
                .min(Comparator.comparingDouble(HostKind::usd))
                .orElseThrow(() -> new PlanException("no host of the list takes " + cards + " cards"));
    }
}
