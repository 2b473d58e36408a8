package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.store.StoreLayout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth model register}: has a network approve a model. */
@Command(name = "register", description = "Add a model to those that a network approves, before the network starts.")
final class ModelRegisterCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A GGUF file, or the name or manifest of an imported model.")
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private String name;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--genesis", paramLabel = "FILE", description = "The file of a network that has not started.")
    private @Nullable Path genesis;

    @Option(names = "--data", description = "A node's directory, whose imported models may be named.")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException {
        ModelOption model = ModelOption.of(name);
        model.searchIn(Optional.ofNullable(data));
        Path file = genesis;
        if (file == null) {
            throw CommandException.usage("a network's models stand in its genesis file, and the ledger has no"
                    + " transaction that adds one to a network that runs. Name the file of a network that has not"
                    + " started (--genesis FILE), or make a new network: hearth genesis new --model FILE");
        }
        ChainSpec before = notStarted(file);
        ModelManifest manifest = ModelCommand.manifest(model.path(), model.name());
        if (before.model(manifest.id()).isPresent()) {
            print(before, manifest, false);
            return ExitCode.DONE;
        }
        ChainSpec after = with(before, manifest);
        ChainSpec.KIND.codec().encode(after); // holds the number of models against its limit
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        SpecJson.write(draft, after);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        print(after, manifest, true);
        return ExitCode.DONE;
    }

    private static ChainSpec notStarted(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.unavailable("there is no genesis file " + file);
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && Files.exists(new StoreLayout(directory).database())) {
            throw CommandException.usage(directory + " holds the ledger of a network that has started: its models are"
                    + " part of its id and cannot change any more");
        }
        return SpecJson.read(file);
    }

    private static ChainSpec with(ChainSpec spec, ModelManifest manifest) {
        List<ModelManifest> models = new ArrayList<>(spec.models());
        models.add(manifest);
        return new ChainSpec(
                spec.name(),
                spec.demo(),
                spec.timeMs(),
                spec.committee(),
                spec.parameters(),
                spec.allocations(),
                List.copyOf(models));
    }

    private void print(ChainSpec spec, ModelManifest manifest, boolean added) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("network", spec.id());
        document.put("model", manifest.id());
        document.put("added", added);
        document.put("models", spec.models().size());
        output.print(document, () -> {
            output.line("%s is %s model of network %s", manifest.name(), added ? "now a" : "already a", spec.name());
            output.line("manifest  %s", manifest.id());
            output.line("network   %s", spec.id());
            if (added) {
                output.line("The network's id has changed with its models: give this file to every node again.");
            }
        });
    }
}
