package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.node.model.ModelStore;
import org.hearthnet.node.model.ModelSummary;
import org.hearthnet.node.model.StoredModel;
import org.hearthnet.node.pipeline.text.DefaultModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth model}: weights and what names them. */
@Command(
        name = "model",
        description = "Import, list and register models.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ModelRegisterCommand.class)
final class ModelCommand {
    private ModelCommand() {}

    @Command(
            mixinStandardHelpOptions = true,
            name = "import",
            description = "Check a GGUF file, make its manifest, and keep both with a node (linked where possible).")
    int importModel(
            @Parameters(paramLabel = "FILE", description = "The GGUF file.") Path file,
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Option(names = "--name", description = "Name for people; the file's if not given.") @Nullable String name,
            @Mixin Output output)
            throws IOException {
        StoredModel stored;
        try (StepProgress progress = new StepProgress("import", System.err)) {
            stored = new ModelStore(data)
                    .add(
                            ModelOption.existing(file),
                            name == null ? ModelOption.nameOf(file) : name,
                            (step, done, total) -> progress.at(step + " (MiB)", done >> 20, total >> 20));
        }
        Listed listed = Listed.of(stored);
        output.print(listed.document(), () -> {
            describe(listed.summary, output);
            output.line("manifest    %s", stored.manifest().id());
            output.line("kept as     %s", stored.file());
        });
        return ExitCode.DONE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description = "List the model in the box and the models of a node.")
    int list(@Option(names = "--data", description = "The node's directory.") @Nullable Path data, @Mixin Output output)
            throws IOException {
        Path inBox = DefaultModelFile.path();
        List<Listed> models = new ArrayList<>();
        models.add(Listed.of(new StoredModel(manifest(inBox, DefaultModelFile.NAME), inBox)));
        if (data != null) {
            for (StoredModel stored : new ModelStore(data).list()) {
                models.add(Listed.of(stored));
            }
        }
        output.print(
                Map.of("models", models.stream().map(Listed::document).toList()),
                () -> output.table(
                        List.of("name", "architecture", "weights", "size", "layers", "context", "manifest", "file"),
                        models.stream().map(Listed::row).toList()));
        return ExitCode.DONE;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "show",
            description = "Print what a GGUF file holds, and its manifest.")
    int show(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "The GGUF file; the one in the box if none.")
                    @Nullable
                    Path file,
            @Mixin Output output)
            throws IOException {
        Path chosen = file == null ? DefaultModelFile.path() : ModelOption.existing(file);
        ModelManifest manifest = manifest(chosen, file == null ? DefaultModelFile.NAME : ModelOption.nameOf(file));
        ModelSummary summary = summary(chosen);
        output.print(manifest, () -> {
            ModelManifest.Shape s = manifest.shape();
            describe(summary, output);
            output.line("manifest    %s", manifest.id());
            output.line("arithmetic  version %d", manifest.arithmeticVersion());
            output.line(
                    "shape       hidden %d, %d heads, %d kv heads of %d, ffn %d",
                    s.hidden(), s.heads(), s.kvHeads(), s.headSize(), s.ffn());
            output.line("tensors     %d", manifest.tensors().size());
        });
        return ExitCode.DONE;
    }

    private static void describe(ModelSummary m, Output output) {
        output.line("model       %s%s", m.architecture(), m.title().isEmpty() ? "" : ", \"" + m.title() + "\"");
        output.line("weights     %s in %s", m.size(), String.join(", ", m.formats()));
        output.line("layers      %d, context of %d positions", m.layers(), m.context());
        output.line("tokenizer   %s, %d tokens", m.tokenizer(), m.vocabulary());
        output.line("chat        %s", m.chat() ? "has a template" : "has no template");
    }

    static ModelManifest manifest(Path file, String name) throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return ManifestBuilder.of(gguf, name);
        }
    }

    private static ModelSummary summary(Path file) throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return ModelSummary.of(gguf);
        }
    }

    /** A model with what its file says. */
    private record Listed(StoredModel stored, ModelSummary summary) {
        static Listed of(StoredModel stored) throws IOException {
            if (!Files.isRegularFile(stored.file())) {
                throw CommandException.unavailable("the weights of "
                        + stored.manifest().name() + " are gone: " + stored.file() + ". Import them again.");
            }
            return new Listed(stored, ModelCommand.summary(stored.file()));
        }

        Map<String, Object> document() {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("name", stored.manifest().name());
            out.put("manifest", stored.manifest().id());
            out.put("layers", summary.layers());
            out.put("file", stored.file().toString());
            out.put("architecture", summary.architecture());
            out.put("formats", summary.formats());
            out.put("parameters", summary.parameters());
            out.put("bytes", summary.bytes());
            out.put("context", summary.context());
            out.put("tokenizer", summary.tokenizer());
            out.put("vocabulary", summary.vocabulary());
            out.put("chatTemplate", summary.chat());
            return out;
        }

        List<String> row() {
            return List.of(
                    stored.manifest().name(),
                    summary.architecture(),
                    summary.formats().getFirst(),
                    summary.size(),
                    String.valueOf(summary.layers()),
                    String.valueOf(summary.context()),
                    stored.manifest().id().shortHex(),
                    stored.file().toString());
        }
    }
}
