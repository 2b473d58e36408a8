package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.node.app.GenesisDraft;
import org.hearthnet.node.app.NetworkPreset;
import org.hearthnet.node.pipeline.text.DefaultModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth genesis}: networks. */
@Command(name = "genesis", description = "Make or inspect a network.", synopsisSubcommandLabel = "COMMAND")
final class GenesisCommand {
    private GenesisCommand() {}

    @Command(
            mixinStandardHelpOptions = true,
            name = "new",
            description = "Make a network: a file that all its nodes share.")
    int create(
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.") Path out,
            @Option(names = "--name", required = true, description = "The network's name.") String name,
            @Option(names = "--demo", description = "A network to look at on one machine: seconds instead of days.")
                    boolean demo,
            @Option(
                            names = "--member",
                            required = true,
                            paramLabel = "ID:VRFKEY[:VOTEKEY]",
                            description =
                                    "A member of the committee that makes the blocks, as 'key show' prints it; repeatable.")
                    List<String> members,
            @Option(
                            names = "--veteran",
                            paramLabel = "LABEL=ID[:CREDITS[:BOND]]",
                            description = "A first executor; repeatable.")
                    @Nullable
                    List<String> veterans,
            @Option(names = "--account", paramLabel = "LABEL=ID:CREDITS", description = "A first account; repeatable.")
                    @Nullable
                    List<String> accounts,
            @Option(names = "--faucet", paramLabel = "CREDITS", description = "What the faucet can give in all.")
                    @Nullable
                    String faucet,
            @Option(
                            names = "--model",
                            paramLabel = "FILE",
                            description = "An approved GGUF file; repeatable. The small model in the box if none.")
                    @Nullable
                    List<Path> models,
            @Option(names = "--set", paramLabel = "PARAMETER=VALUE", description = "Change a parameter; repeatable.")
                    @Nullable
                    Map<String, String> settings,
            @Mixin Output output)
            throws IOException {
        if (Files.exists(out)) {
            throw CommandException.usage(
                    out + " exists already. A network is never overwritten: choose another --out.");
        }
        Parameters parameters = parameters(demo, settings == null ? Map.of() : settings);
        GenesisDraft draft = new GenesisDraft(name, demo, committee(members), parameters);
        orEmpty(veterans).forEach(v -> Allocations.veteran(draft, v));
        orEmpty(accounts).forEach(a -> Allocations.account(draft, a));
        Allocations.faucet(draft, faucet);
        for (ModelManifest manifest : manifests(models == null ? List.of() : models)) {
            draft.model(manifest);
        }
        ChainSpec spec = draft.build(System.currentTimeMillis());
        SpecJson.write(out, spec);
        report(spec, out, output);
        return ExitCode.DONE;
    }

    private static Committee committee(List<String> members) {
        try {
            return Committee.of(
                    members.stream().map(m -> Committee.Seat.parse(m, 1)).toList());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    "no committee: " + e.getMessage() + " (each --member once, as 'hearth key show' prints it)");
        }
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    private static Parameters parameters(boolean demo, Map<String, String> settings) {
        try {
            return NetworkPreset.with(demo ? NetworkPreset.demo() : NetworkPreset.real(), settings);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static List<ModelManifest> manifests(List<Path> files) throws IOException {
        List<ModelManifest> out = new ArrayList<>();
        if (files.isEmpty()) {
            out.add(manifest(DefaultModelFile.path(), DefaultModelFile.NAME));
        }
        for (Path file : files) {
            out.add(manifest(file, ModelOption.nameOf(file)));
        }
        return out;
    }

    private static ModelManifest manifest(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.unavailable("there is no model file " + file);
        }
        try (GgufFile gguf = GgufFile.open(file)) {
            return ManifestBuilder.of(gguf, name);
        }
    }

    @Command(mixinStandardHelpOptions = true, name = "show", description = "Show a network's file.")
    int show(@picocli.CommandLine.Parameters(paramLabel = "FILE") Path file, @Mixin Output output) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.unavailable("there is no file " + file);
        }
        report(SpecJson.read(file), file, output);
        return ExitCode.DONE;
    }

    private static void report(ChainSpec spec, Path file, Output output) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", spec.id());
        document.put("file", file.toString());
        document.put("name", spec.name());
        document.put("demo", spec.demo());
        document.put("committee", spec.committee().seats());
        document.put("parameters", spec.parameters());
        document.put("allocations", spec.allocations());
        document.put(
                "models",
                spec.models().stream()
                        .map(m -> Map.of("id", m.id(), "name", m.name()))
                        .toList());
        output.print(document, () -> {
            output.line("network   %s (%s%s)", spec.id(), spec.name(), spec.demo() ? ", a demo network" : "");
            spec.committee().seats().forEach(s -> output.line("member    %s", s.node()));
            output.line("");
            accounts(spec, output);
            output.line("");
            models(spec, output);
            output.line("");
            parameters(spec.parameters(), output);
        });
    }

    private static void accounts(ChainSpec spec, Output output) {
        output.table(
                List.of("account", "label", "credits", "bond", "reputation"),
                spec.allocations().stream()
                        .map(a -> List.of(
                                a.account().toHex(),
                                a.label(),
                                a.balance().toString(),
                                a.bond().toString(),
                                String.valueOf(a.reputation())))
                        .toList());
    }

    private static void models(ChainSpec spec, Output output) {
        output.table(
                List.of("model", "layers", "manifest"),
                spec.models().stream()
                        .map(m -> List.of(m.name(), String.valueOf(m.shape().layers()), m.id().toHex()))
                        .toList());
    }

    private static void parameters(Parameters parameters, Output output) {
        List<List<String>> rows = new ArrayList<>();
        NetworkPreset.values(parameters).forEach((key, value) -> rows.add(List.of(key, value)));
        output.table(List.of("parameter", "value"), rows);
    }
}
