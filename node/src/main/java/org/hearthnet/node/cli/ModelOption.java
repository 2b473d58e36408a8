package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.node.model.ModelStore;
import org.hearthnet.node.model.StoredModel;
import org.hearthnet.node.pipeline.text.DefaultModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "A GGUF file, or with --data the name or manifest of an imported model; the small model in"
                    + " the box if not given.")
    private @Nullable String model;

    private Optional<Path> data = Optional.empty();

    /** As if {@code --model} had been given. */
    static ModelOption of(String model) {
        var out = new ModelOption();
        out.model = model;
        return out;
    }

    /** Makes the imported models of the node in {@code directory} known by name. */
    void searchIn(Optional<Path> directory) {
        data = directory;
    }

    /** The file. */
    Path path() throws IOException {
        if (model == null) {
            return existing(DefaultModelFile.path());
        }
        Optional<StoredModel> stored = stored(model);
        return stored.isPresent() ? existing(stored.get().file()) : existing(Path.of(model));
    }

    /** The model's name for people: that of the import, or the file's without its ending. */
    String name() throws IOException {
        Optional<StoredModel> stored = model == null ? Optional.empty() : stored(model);
        return stored.isPresent() ? stored.get().manifest().name() : nameOf(path());
    }

    /** A file comes before an imported model of the same name. */
    private Optional<StoredModel> stored(String name) throws IOException {
        if (data.isEmpty() || Files.exists(Path.of(name))) {
            return Optional.empty();
        }
        List<StoredModel> found = new ModelStore(data.get()).find(name);
        if (found.size() > 1) {
            throw CommandException.usage("several imported models are called " + name
                    + "; use the manifest's first digits, which hearth model list shows");
        }
        return found.stream().findFirst();
    }

    static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CommandException.unavailable("there is no model file " + file);
        }
        return file;
    }

    static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.gguf$", "");
    }

    /** Opens the file. */
    GgufFile open() throws IOException {
        return GgufFile.open(path());
    }
}
