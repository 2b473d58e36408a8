package org.hearthnet.inference.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * An open GGUF file. Tensors are views of the mapping and die with it.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">The GGUF format</a>
 */
public final class GgufFile implements AutoCloseable {
    private final String name;
    private final Arena arena;
    private final long bytes;
    private final GgufMetadata metadata;
    private final Map<String, GgufTensor> tensors;

    private GgufFile(String name, Arena arena, long bytes, GgufParser.Content content) {
        this.name = name;
        this.arena = arena;
        this.bytes = bytes;
        this.metadata = content.metadata();
        this.tensors = Collections.unmodifiableMap(content.tensors());
    }

    /**
     * Maps a file and checks its whole header.
     *
     * @throws GgufException if it is not a sound GGUF file of types the engine runs
     * @throws IOException if it cannot be read
     */
    @SuppressWarnings("MustBeClosedChecker")
    public static GgufFile open(Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        Arena arena = Arena.ofShared();
        boolean done = false;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            var file = new GgufFile(name, arena, channel.size(), GgufParser.parse(name, all));
            done = true;
            return file;
        } finally {
            if (!done) {
                arena.close();
            }
        }
    }

    /** The file's name, without its directory. */
    public String name() {
        return name;
    }

    /** The file's size. */
    public long bytes() {
        return bytes;
    }

    /** The key-value part. */
    public GgufMetadata metadata() {
        return metadata;
    }

    /** All tensors in file order. */
    public Collection<GgufTensor> tensors() {
        return tensors.values();
    }

    /** A tensor by name. */
    public Optional<GgufTensor> find(String tensor) {
        return Optional.ofNullable(tensors.get(tensor));
    }

    /** A tensor that must be there. */
    public GgufTensor tensor(String tensor) throws GgufException {
        return find(tensor).orElseThrow(() -> new GgufException(name, tensor, -1, "the tensor is missing"));
    }

    /** A tensor that must be there with this shape. */
    public GgufTensor tensor(String tensor, int rows, int columns) throws GgufException {
        GgufTensor found = tensor(tensor);
        if (found.rows() != rows || found.columns() != columns) {
            throw new GgufException(
                    name,
                    tensor,
                    -1,
                    "must be " + rows + " x " + columns + ", is " + found.rows() + " x " + found.columns());
        }
        return found;
    }

    @Override
    public void close() {
        arena.close();
    }
}
