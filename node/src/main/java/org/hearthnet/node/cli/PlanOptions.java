package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.node.model.ModelStore;
import org.hearthnet.node.model.StoredModel;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.catalog.Catalog;
import org.hearthnet.node.plan.catalog.Measured;
import org.hearthnet.node.plan.catalog.TensorShapes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands of the planner have in common. */
final class PlanOptions {
    /** Which way to count. */
    enum Way {
        ARTICLE,
        COMPLETE
    }

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "llama-2-70b",
            description = "A model of the list, a GGUF file, or with --data the name or manifest of an imported model"
                    + " (${DEFAULT-VALUE}).")
    private String model = "llama-2-70b";

    @Option(names = "--data", description = "A node's directory, for its imported models and its ledger.")
    private @Nullable Path data;

    @Option(
            names = "--bytes-per-weight",
            paramLabel = "BYTES",
            description = "Other precision of the weights: 2 for fp16, 1.0625 for Q8_0, 0.5625 for Q4_0.")
    private @Nullable Double bytesPerWeight;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "rtx-4090",
            description = "A device of the list (${DEFAULT-VALUE}).")
    private String device = "rtx-4090";

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "Positions of a sequence; the model's limit if not given.")
    private @Nullable Integer context;

    @Option(
            names = "--counting",
            defaultValue = "complete",
            description = "What counts: 'article' leaves out KV cache and message times, 'complete' counts them; one of"
                    + " ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Way counting = Way.COMPLETE;

    @Option(
            names = "--hardware",
            paramLabel = "FILE",
            description = "More devices, hosts and networks (docs/planner.md).")
    private @Nullable Path hardware;

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            description = "Measurements that replace the device's figures on paper and the network's: what hearth bench"
                    + " inference --json prints, or that with measured links (docs/planner.md).")
    private @Nullable Path measured;

    @Option(
            names = "--years",
            defaultValue = "3",
            description = "Years over which prices are spread (${DEFAULT-VALUE}).")
    private double years;

    @Option(names = "--usd-per-kwh", defaultValue = "0.1", description = "Price of electricity (${DEFAULT-VALUE}).")
    private double usdPerKilowattHour;

    @Option(
            names = "--hosting",
            defaultValue = "0",
            description = "Dollars an hour for room and cooling (${DEFAULT-VALUE}).")
    private double hosting;

    @Mixin
    private final Output output = new Output();

    Output output() {
        return output;
    }

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    Catalog catalog() throws IOException {
        Catalog catalog = Catalog.builtIn();
        return hardware == null ? catalog : catalog.with(hardware.toString(), PlanFiles.read(hardware));
    }

    /** The model, with the precision that was asked for. */
    ModelShape model(Catalog catalog) throws IOException {
        ModelShape shape = catalog.hasModel(model) ? catalog.model(model) : shapeOfFile(catalog);
        return bytesPerWeight == null ? shape : shape.withBytesPerWeight(bytesPerWeight);
    }

    private ModelShape shapeOfFile(Catalog catalog) throws IOException {
        if (data != null) {
            List<StoredModel> stored = new ModelStore(data).find(model);
            if (stored.size() == 1) {
                return TensorShapes.of(stored.getFirst().manifest());
            }
        }
        Path file = Path.of(model);
        if (!Files.isRegularFile(file)) {
            return catalog.model(model); // refuses with the list of known ones
        }
        try (GgufFile open = GgufFile.open(file)) {
            return TensorShapes.of(ModelOption.nameOf(file), open);
        }
    }

    /** The device, as measured if there are measurements. */
    Device device(Catalog catalog, ModelShape shape) throws IOException {
        Device onPaper = catalog.device(device);
        Optional<Measured> measurements = measured();
        return measurements.isPresent() ? measurements.get().device(onPaper, shape) : onPaper;
    }

    Optional<Measured> measured() throws IOException {
        return measured == null
                ? Optional.empty()
                : Optional.of(Measured.parse(measured.toString(), PlanFiles.read(measured)));
    }

    int context(ModelShape shape) {
        int asked = context == null ? shape.maxContext() : context;
        PlanException.require(asked > 0, "--context must be at least 1");
        PlanException.require(
                asked <= shape.maxContext(),
                shape.name() + " was made for " + shape.maxContext() + " positions: give a --context up to that");
        return asked;
    }

    Counting counting() {
        return switch (counting) {
            case ARTICLE -> Counting.article();
            case COMPLETE -> Counting.complete();
        };
    }

    Economics economics() {
        return new Economics(years, usdPerKilowattHour);
    }

    double hosting() {
        return PlanException.notNegative(hosting, "--hosting");
    }
}
