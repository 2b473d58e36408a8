package org.hearthnet.node.app;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real {@code hearth node} processes, to be killed. */
final class NodeProcesses implements AutoCloseable {
    private static final long PATIENCE_MS = 120_000;

    private final Path directory;
    private final List<Process> children = new ArrayList<>();

    /** @param directory has the genesis file and one directory a node */
    NodeProcesses(Path directory) {
        this.directory = directory;
    }

    Path genesis() {
        return directory.resolve("genesis.json");
    }

    /** Starts a node; the first line that it prints is its address. */
    Process start(String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.hearthnet.node.app.Main",
                "node",
                "--data",
                directory.resolve(name).toString(),
                "--genesis",
                genesis().toString()));
        command.addAll(List.of(more));
        Process child = new ProcessBuilder(command)
                .redirectError(directory.resolve(name + ".err").toFile())
                .start();
        children.add(child);
        return child;
    }

    static String address(Process child) throws IOException {
        BufferedReader out = child.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        return line == null ? fail("the node printed no address") : line;
    }

    /** SIGKILL. */
    static void kill(Process child) throws InterruptedException {
        child.destroyForcibly();
        child.waitFor();
    }

    /** Something that takes a while. */
    interface Condition {
        boolean holds() throws IOException;
    }

    static void await(String what, Condition condition) throws Exception {
        for (long waited = 0; !condition.holds(); waited += 10) {
            assertTrue(waited < PATIENCE_MS, "never happened: " + what);
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        children.forEach(Process::destroyForcibly);
    }
}
