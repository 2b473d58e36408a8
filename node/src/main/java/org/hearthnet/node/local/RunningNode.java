package org.hearthnet.node.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.SpecJson;

/**
 * The file {@code node.json} of a node that runs: how commands find it. Readable by its owner only, since the token opens
 * the local interface.
 *
 * @param pid process id
 * @param startedMs start of the process, milliseconds since 1970; a process id alone may have been given to another
 * @param account the node's key
 * @param apiPort port of the local interface on 127.0.0.1
 * @param token bearer token of the local interface
 * @param addresses where peers reach it, with its peer id
 */
public record RunningNode(long pid, long startedMs, NodeId account, int apiPort, String token, List<String> addresses) {
    /** Its name in a node's directory. */
    public static final String NAME = "node.json";

    private static final int MAX_BYTES = 1 << 16;

    /** Process start times are known to about a clock tick; two processes with one id never start that close. */
    private static final long START_TOLERANCE_MS = 2_000;

    /** When this process began, as the operating system says. */
    public static long ownStartMs() {
        return startMs(ProcessHandle.current()).orElse(0L);
    }

    /** Writes the file. */
    public void write(Path directory) throws IOException {
        PrivateFiles.replace(directory.resolve(NAME), SpecJson.mapper().writeValueAsString(this) + "\n");
    }

    /** Removes the file. */
    public static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(NAME));
    }

    /** The node that runs in {@code directory}, if one does; a file left behind by a killed process is none. */
    public static Optional<RunningNode> find(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            RunningNode node = SpecJson.mapper().readValue(Files.readAllBytes(file), RunningNode.class);
            return node.isAlive() ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw LocalException.failed(file + " is damaged (" + e.getOriginalMessage()
                    + "). If no node runs in this directory, delete that file.");
        }
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(p -> startMs(p)
                        .map(at -> Math.abs(at - startedMs) <= START_TOLERANCE_MS)
                        .orElse(true))
                .orElse(false);
    }

    private static Optional<Long> startMs(ProcessHandle process) {
        return process.info().startInstant().map(java.time.Instant::toEpochMilli);
    }
}
