package org.hearthnet.node.app;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hearthnet.node.local.ProcessMemory;

/** One process of the demo. What it prints goes to {@code node.log} in its directory, and to a listener. */
public final class NodeProcess {
    private final String name;
    private final Process process;
    private final Thread reader;

    private NodeProcess(String name, Process process, Thread reader) {
        this.name = name;
        this.process = process;
        this.reader = reader;
    }

    /** Starts {@code hearth ARGUMENTS} in a JVM of its own. */
    public static NodeProcess start(String name, Path log, List<String> arguments, Consumer<String> onLine)
            throws IOException {
        return start(name, log, List.of(), arguments, onLine);
    }

    /** The same behind {@code prefix}, such as a program that starts it in a network namespace. */
    public static NodeProcess start(
            String name, Path log, List<String> prefix, List<String> arguments, Consumer<String> onLine)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        Thread reader = Thread.ofVirtual().name("node-" + name).start(() -> copy(process, log, onLine));
        return new NodeProcess(name, process, reader);
    }

    /** Runs {@code hearth ARGUMENTS} to its end and returns what it printed on standard output. */
    public static String run(List<String> arguments, Duration limit) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("hearth", ".err");
        try {
            Process process = new ProcessBuilder(command(arguments))
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            Thread watchdog = Thread.ofVirtual().start(() -> endAfter(process, limit));
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            watchdog.interrupt();
            if (code != 0) {
                throw new IOException("hearth " + String.join(" ", arguments) + " ended with " + code + ": "
                        + Files.readString(errors).strip());
            }
            return out;
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private static void endAfter(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(List<String> arguments) {
        List<String> out = new ArrayList<>();
        out.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Small heaps: eight nodes share one machine, and none of them may need half a gigabyte.
        out.addAll(List.of(
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
                "-XX:+UseSerialGC",
                "-Xms24m",
                "-Xmx160m",
                "-XX:MaxMetaspaceSize=96m",
                "-XX:ReservedCodeCacheSize=64m",
                "-Dhearth.home=" + System.getProperty("hearth.home", ""),
                "-cp",
                System.getProperty("java.class.path"),
                "org.hearthnet.node.app.Main"));
        out.addAll(arguments);
        return out;
    }

    private static void copy(Process process, Path log, Consumer<String> onLine) {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter out =
                        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.newLine();
                out.flush();
                onLine.accept(line);
            }
        } catch (IOException e) {
            onLine.accept("(its output ended: " + e.getMessage() + ")");
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: no warning, nothing flushed. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** SIGTERM. */
    public void askToStop() {
        process.destroy();
    }

    /** Waits for the end after {@link #askToStop}; false if it had to be killed. */
    public boolean awaitStop(Duration limit) throws InterruptedException {
        boolean stopped = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!stopped) {
            process.destroyForcibly().waitFor();
        }
        reader.join();
        return stopped;
    }

    /** Largest resident memory so far in MiB, where the operating system tells (Linux), else 0. */
    public long peakMiB() {
        return ProcessMemory.peakBytes(pid()) >> 20;
    }
}
