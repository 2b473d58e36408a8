package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.node.pipeline.text.DefaultModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth model}: weights and what names them. */
@Command(name = "model", description = "Import and list models.", synopsisSubcommandLabel = "COMMAND")
final class ModelCommand {
    private static final String MODELS = "models";
    private static final String MANIFEST = ".manifest.json";

    private ModelCommand() {}

    @Command(name = "import", description = "Check a GGUF file, make its manifest, and keep both with a node.")
    int importModel(
            @Parameters(paramLabel = "FILE", description = "The GGUF file.") Path file,
            @Option(names = "--data", required = true, description = "The node's directory.") Path data,
            @Option(names = "--name", description = "Name for people; the file's if not given.") String name,
            @Mixin Output output)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.unavailable("there is no file " + file);
        }
        ModelManifest manifest = manifest(file, name == null ? ModelOption.nameOf(file) : name);
        Path directory = data.resolve(MODELS);
        Files.createDirectories(directory);
        Path copy = directory.resolve(manifest.id().toHex() + ".gguf");
        if (!Files.exists(copy)) {
            Path draft = directory.resolve(manifest.id().toHex() + ".gguf.tmp");
            Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.writeString(
                directory.resolve(manifest.id().toHex() + MANIFEST),
                SpecJson.mapper().writeValueAsString(manifest) + "\n");
        print(List.of(new Listed(manifest, copy)), output);
        return ExitCode.DONE;
    }

    @Command(name = "list", description = "List the model in the box and the models of a node.")
    int list(@Option(names = "--data", description = "The node's directory.") Path data, @Mixin Output output)
            throws IOException {
        List<Listed> models = new ArrayList<>();
        Path inBox = DefaultModelFile.path();
        models.add(new Listed(manifest(inBox, DefaultModelFile.NAME), inBox));
        if (data != null && Files.isDirectory(data.resolve(MODELS))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(data.resolve(MODELS), "*" + MANIFEST)) {
                for (Path file : files) {
                    ModelManifest manifest = SpecJson.mapper().readValue(Files.readAllBytes(file), ModelManifest.class);
                    models.add(new Listed(
                            manifest, file.resolveSibling(manifest.id().toHex() + ".gguf")));
                }
            }
        }
        print(models, output);
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Print the manifest of a GGUF file.")
    int show(
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "The GGUF file; the one in the box if none.")
                    Path file,
            @Mixin Output output)
            throws IOException {
        Path chosen = file == null ? DefaultModelFile.path() : file;
        String name = file == null ? DefaultModelFile.NAME : ModelOption.nameOf(file);
        ModelManifest manifest = manifest(chosen, name);
        output.print(manifest, () -> {
            ModelManifest.Shape s = manifest.shape();
            output.line("manifest    %s", manifest.id());
            output.line("name        %s (%s)", manifest.name(), manifest.architecture());
            output.line("arithmetic  version %d", manifest.arithmeticVersion());
            output.line(
                    "shape       %d layers, hidden %d, %d heads, %d kv heads of %d, ffn %d",
                    s.layers(), s.hidden(), s.heads(), s.kvHeads(), s.headSize(), s.ffn());
            output.line("context     %d positions, vocabulary %d", s.context(), s.vocabulary());
            output.line("tensors     %d", manifest.tensors().size());
        });
        return ExitCode.DONE;
    }

    private static ModelManifest manifest(Path file, String name) throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return ManifestBuilder.of(gguf, name);
        }
    }

    private record Listed(ModelManifest manifest, Path file) {}

    private static void print(List<Listed> models, Output output) {
        List<Map<String, Object>> documents = models.stream()
                .map(m -> {
                    Map<String, Object> out = new LinkedHashMap<>();
                    out.put("name", m.manifest.name());
                    out.put("manifest", m.manifest.id());
                    out.put("layers", m.manifest.shape().layers());
                    out.put("file", m.file.toString());
                    return out;
                })
                .toList();
        output.print(
                Map.of("models", documents),
                () -> output.table(
                        List.of("name", "layers", "manifest", "file"),
                        models.stream()
                                .map(m -> List.of(
                                        m.manifest.name(),
                                        String.valueOf(m.manifest.shape().layers()),
                                        m.manifest.id().toHex(),
                                        m.file.toString()))
                                .toList()));
    }
}
