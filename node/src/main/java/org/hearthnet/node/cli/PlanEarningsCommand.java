package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.local.LedgerAccess;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.HostKind;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.Workload;
import org.hearthnet.node.plan.catalog.Catalog;
import org.hearthnet.node.plan.earn.Earnings;
import org.hearthnet.node.plan.earn.Machine;
import org.hearthnet.node.plan.earn.Market;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth plan earnings}: what this machine would earn. */
@Command(
        name = "earnings",
        description = {
            "What a machine would earn at the ledger's recent prices and load, and what a million tokens must bring to pay",
            "its electricity. --data is a node's directory; the node may run or not."
        })
final class PlanEarningsCommand implements Callable<Integer> {
    private static final double THOUSANDTHS = 1000;
    private static final double SPARKS_A_CREDIT = Amount.SPARKS_PER_CREDIT;
    private static final double PERCENT = 100;

    @Mixin
    private final PlanOptions options = new PlanOptions();

    @Option(
            names = "--blocks",
            defaultValue = "10000",
            description = "How many of the latest blocks to look at (${DEFAULT-VALUE}).")
    private long blocks;

    @Option(
            names = "--price",
            paramLabel = "SPARKS",
            description = "Sparks for a layer-token, instead of the recent price.")
    private @Nullable Double price;

    @Option(names = "--layers", description = "Layers to run; as many as fit if not given.")
    private @Nullable Integer layers;

    @Option(names = "--batch", defaultValue = "1", description = "Sequences that go together (${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--host", defaultValue = "desktop", description = "Kind of host (${DEFAULT-VALUE}).")
    private String host = "desktop";

    @Override
    public Integer call() throws IOException {
        Path data = options.data()
                .orElseThrow(() -> CommandException.usage(
                        "give the directory of a node with --data: prices and load are in its ledger"));
        Catalog catalog = options.catalog();
        ModelShape model = options.model(catalog);
        Device device = options.device(catalog, model);
        HostKind kind = catalog.host(host);
        JsonNode seen = seen(data);
        Market market = market(seen);
        Machine machine = Machine.of(
                model,
                device,
                layers == null ? model.layers() : layers,
                new Workload(batch, options.context(model), 1, false),
                options.counting());
        Earnings earnings = Earnings.of(
                market,
                machine,
                model.layers(),
                serving(data, seen),
                new Earnings.Cost(device.usd() + kind.usd(), device.watts() + kind.watts(), kind.watts()),
                options.economics());
        Map<String, Object> out = json(seen, market, model, device, machine, earnings);
        options.output().print(out, () -> print(seen, market, model, device, machine, earnings));
        return ExitCode.DONE;
    }

    private JsonNode seen(Path data) throws IOException {
        PlanException.require(blocks > 0, "--blocks must be at least 1");
        try (LedgerAccess ledger = LedgerAccess.open(data)) {
            return ledger.get("market/" + blocks).orElseThrow();
        }
    }

    private Market market(JsonNode seen) {
        double share = seen.path("executorShare").asInt() / THOUSANDTHS;
        int executors = seen.path("executors").size();
        long layerTokens = seen.path("layerTokens").asLong();
        long millis = seen.path("toTimeMs").asLong() - seen.path("fromTimeMs").asLong();
        if (layerTokens == 0 || millis <= 0) {
            if (price == null) {
                throw CommandException.unavailable("no job was paid in blocks " + seen.path("from") + " to "
                        + seen.path("to") + ", so there is no recent price. Look farther back with --blocks, or give"
                        + " what you would ask: --price SPARKS for a layer-token");
            }
            return new Market(PlanException.notNegative(price, "--price"), 0, executors, share);
        }
        Market recent = Market.of(seen.path("fees").asLong(), layerTokens, millis, executors, share);
        return price == null
                ? recent
                : new Market(PlanException.notNegative(price, "--price"), recent.layerTokensPerDay(), executors, share);
    }

    /** A directory of a ledger without a key is nobody's: then this machine comes as one more. */
    private static boolean serving(Path data, JsonNode seen) throws IOException {
        if (!Files.exists(data.resolve(KeyFile.NAME))) {
            return false;
        }
        String account = KeyFile.read(data).id().toHex();
        for (JsonNode executor : seen.path("executors")) {
            if (executor.asText().equals(account)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Object> json(
            JsonNode seen, Market market, ModelShape model, Device device, Machine machine, Earnings e) {
        double layers = model.layers();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("fromBlock", seen.path("from").asLong());
        out.put("toBlock", seen.path("to").asLong());
        out.put("claims", seen.path("claims").asInt());
        out.put("executors", market.executors());
        out.put("sparksPerLayerToken", market.sparksPerLayerToken());
        out.put("creditsPerMillionTokens", market.sparksPerLayerToken() * layers);
        out.put("layerTokensPerDay", market.layerTokensPerDay());
        out.put("model", model.name());
        out.put("device", device.name());
        out.put("layers", machine.layers());
        out.put("layerTokensPerSecond", machine.layerTokensPerSecond());
        out.put("busyShare", e.busyShare());
        out.put("creditsPerDay", e.sparksPerDay() / SPARKS_A_CREDIT);
        out.put("creditsPerDayIfBusy", e.sparksPerDayIfBusy() / SPARKS_A_CREDIT);
        out.put("electricityUsdPerDay", e.electricityUsdPerDay());
        out.put("breakEvenUsdPerMillionTokens", e.breakEvenUsdPerMillionTokens());
        out.put("breakEvenUsdPerMillionTokensWithPrice", e.breakEvenUsdPerMillionTokensWithPrice());
        e.usdPerCredit().ifPresent(usd -> out.put("breakEvenUsdPerCredit", usd));
        return out;
    }

    private void print(JsonNode seen, Market market, ModelShape model, Device device, Machine machine, Earnings e) {
        Output out = options.output();
        out.line(
                "blocks %d to %d: %d claims of %d executors",
                seen.path("from").asLong(),
                seen.path("to").asLong(),
                seen.path("claims").asInt(),
                market.executors());
        out.line(
                "price        %s sparks a layer-token, %s credits a million tokens",
                PlanText.number(market.sparksPerLayerToken()),
                PlanText.number(market.sparksPerLayerToken() * model.layers()));
        out.line("load         %s layer-tokens a day, shared evenly", PlanText.number(market.layerTokensPerDay()));
        out.line(
                "machine      %d layers of %s on %s: %s layer-tokens a second",
                machine.layers(), model.name(), device.name(), PlanText.number(machine.layerTokensPerSecond()));
        out.line(
                "earnings     %s credits a day, busy %s %% of the time; %s if it were always busy",
                PlanText.number(e.sparksPerDay() / SPARKS_A_CREDIT),
                PlanText.number(PERCENT * e.busyShare()),
                PlanText.number(e.sparksPerDayIfBusy() / SPARKS_A_CREDIT));
        out.line("electricity  %s USD a day", PlanText.number(e.electricityUsdPerDay()));
        out.line(
                "break-even   %s USD a million tokens for electricity, %s with the machine's price",
                PlanText.number(e.breakEvenUsdPerMillionTokens()),
                PlanText.number(e.breakEvenUsdPerMillionTokensWithPrice()));
        e.usdPerCredit()
                .ifPresent(usd -> out.line(
                        "             a credit must be worth %s USD to pay the electricity", PlanText.number(usd)));
    }
}
