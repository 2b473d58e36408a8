package org.hearthnet.node.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.inference.exec.Progress;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.manifest.ManifestBuilder;

/**
 * The directory {@code models} of a node: for each model a GGUF file and its manifest, both named by the manifest's hash.
 * Whoever runs a model checks it against the manifest again, so a file that was changed afterwards harms nobody.
 */
public final class ModelStore {
    private static final String MANIFEST = ".manifest.json";
    private static final String WEIGHTS = ".gguf";
    private static final String DRAFT = ".new";
    private static final int COPY_BYTES = 1 << 20;

    /** Digits of a manifest's hash that are enough to name it. */
    private static final int SHORT_ID = 8;

    private final Path directory;

    /** The store of the node whose directory is {@code data}; nothing is made before something is added. */
    public ModelStore(Path data) {
        this.directory = data.resolve("models");
    }

    /**
     * Checks a file, makes its manifest, which reads every weight, and keeps both. The file is linked, or copied where
     * links are not possible.
     *
     * @param name for people
     * @throws IOException if the engine cannot run the model, a weight is not finite, or there is no room
     */
    public StoredModel add(Path file, String name, Progress progress) throws IOException {
        ModelManifest manifest = manifest(file, name, progress);
        Files.createDirectories(directory);
        Path weights = weights(manifest);
        if (!Files.exists(weights)) {
            keep(file, weights, progress);
        }
        Path draft = directory.resolve(manifest.id().toHex() + MANIFEST + DRAFT);
        Files.writeString(draft, SpecJson.mapper().writeValueAsString(manifest) + "\n");
        Files.move(draft, directory.resolve(manifest.id().toHex() + MANIFEST), StandardCopyOption.REPLACE_EXISTING);
        return new StoredModel(manifest, weights);
    }

    private static ModelManifest manifest(Path file, String name, Progress progress) throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            ModelSummary.of(gguf); // the tokenizer too must be one that runs
            AtomicLong done = new AtomicLong();
            return ManifestBuilder.of(
                    gguf, name, bytes -> progress.at("checking weights", done.addAndGet(bytes), gguf.bytes()));
        }
    }

    private Path weights(ModelManifest manifest) {
        return directory.resolve(manifest.id().toHex() + WEIGHTS);
    }

    private void keep(Path file, Path weights, Progress progress) throws IOException {
        Path draft = weights.resolveSibling(weights.getFileName() + DRAFT);
        Files.deleteIfExists(draft);
        try {
            Files.createLink(draft, file.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            copy(file, draft, progress); // another file system, or one without links
        }
        Files.move(draft, weights, StandardCopyOption.ATOMIC_MOVE);
    }

    private void copy(Path file, Path draft, Progress progress) throws IOException {
        long total = Files.size(file);
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < total) {
            throw new IOException(directory + " has room for " + (free >> 20) + " MiB, the model needs "
                    + ((total >> 20) + 1) + " MiB");
        }
        boolean whole = false;
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = Files.newOutputStream(draft)) {
            byte[] buffer = new byte[COPY_BYTES];
            long done = 0;
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                done += count;
                progress.at("copying", done, total);
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(draft);
            }
        }
    }

    /**
     * All models, by name.
     *
     * @throws IOException if a manifest cannot be read; the message names the file
     */
    public List<StoredModel> list() throws IOException {
        List<StoredModel> out = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + MANIFEST)) {
                for (Path file : files) {
                    ModelManifest manifest = read(file);
                    out.add(new StoredModel(manifest, weights(manifest)));
                }
            }
        }
        out.sort(Comparator.comparing((StoredModel m) -> m.manifest().name()));
        return out;
    }

    private static ModelManifest read(Path file) throws IOException {
        if (Files.size(file) > SpecJson.MAX_FILE_BYTES) {
            throw new IOException(file + " is too large for a manifest");
        }
        try {
            return SpecJson.mapper().readValue(Files.readAllBytes(file), ModelManifest.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no manifest: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The models with a name, or with a manifest hash that begins like it.
     *
     * @param name a name, or at least eight hexadecimal digits
     */
    public List<StoredModel> find(String name) throws IOException {
        return list().stream()
                .filter(m -> m.manifest().name().equals(name)
                        || name.length() >= SHORT_ID
                                && m.manifest().id().toHex().startsWith(name))
                .toList();
    }
}
