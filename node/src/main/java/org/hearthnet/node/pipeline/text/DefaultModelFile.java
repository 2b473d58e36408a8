package org.hearthnet.node.pipeline.text;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Where the model in the box lies: in the source tree if the launcher names it, else unpacked from the class path. */
public final class DefaultModelFile {
    /** Its name in the network's manifests. */
    public static final String NAME = "hearth-tales";

    private static final String RESOURCE = "/models/hearth-tales.q8_0.gguf";
    private static @Nullable Path unpacked;

    private DefaultModelFile() {}

    /** The file. */
    public static Path path() throws IOException {
        String home = System.getProperty("hearth.home");
        if (home != null) {
            Path inTree = Path.of(home, "inference", "src", "main", "resources").resolve(RESOURCE.substring(1));
            if (Files.isRegularFile(inTree)) {
                return inTree;
            }
        }
        return unpack();
    }

    private static synchronized Path unpack() throws IOException {
        Path known = unpacked;
        if (known != null && Files.isRegularFile(known)) {
            return known;
        }
        try (InputStream in = DefaultModelFile.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException("the model in the box is missing from this build: " + RESOURCE);
            }
            Path file = Files.createTempFile(NAME, ".gguf");
            file.toFile().deleteOnExit();
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            unpacked = file;
            return file;
        }
    }
}
