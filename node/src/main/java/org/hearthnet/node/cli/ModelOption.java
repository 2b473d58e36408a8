package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.node.pipeline.text.DefaultModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "A GGUF file; the small model in the box if not given.")
    private @Nullable Path file;

    /** The file. */
    Path path() throws IOException {
        Path chosen = file == null ? DefaultModelFile.path() : file;
        if (!Files.isRegularFile(chosen)) {
            throw CommandException.unavailable("there is no model file " + chosen);
        }
        return chosen;
    }

    /** The model's name for people: its file's name without the ending. */
    String name() throws IOException {
        return nameOf(path());
    }

    static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.gguf$", "");
    }

    /** Opens the file. */
    GgufFile open() throws IOException {
        return GgufFile.open(path());
    }
}
