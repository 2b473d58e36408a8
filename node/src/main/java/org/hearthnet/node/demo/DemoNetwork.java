package org.hearthnet.node.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.node.app.NodeProcess;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.local.RunningNode;

/** The processes of the demo: their keys, their genesis file, and how each is started, killed and stopped. */
final class DemoNetwork implements AutoCloseable {
    /** Generous: a loaded machine may take long to start a JVM. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final Duration STOP = Duration.ofSeconds(30);

    /** What a stage asks for one layer of one token, in sparks; the model has six layers. */
    private static final long PRICE = 10_000;

    /** What the client pays at most. */
    static final long MAX_PRICE = 10 * PRICE;

    private final Path directory;
    private final Path genesis;
    private final Map<Cast, NodeId> keys = new EnumMap<>(Cast.class);
    private final Map<Cast, NodeProcess> running = new EnumMap<>(Cast.class);
    private final int gatewayPort;
    /** Lines of a log that are worth showing when its node ends. */
    private static final int LOG_LINES = 30;

    private long peakMiB;
    private boolean closed;

    DemoNetwork(Path directory) throws IOException {
        this.directory = directory;
        this.genesis = Files.createTempDirectory("hearth-genesis").resolve("genesis.json");
        this.gatewayPort = freePort();
    }

    /** A port below the ephemeral range: none of the demo's connections draws it before the gateway listens. */
    private static int freePort() throws IOException {
        for (int attempt = 0; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                if (attempt == 50) {
                    throw e;
                }
            }
        }
    }

    /** Makes keys and the genesis file. */
    ChainSpec create() throws IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        for (Cast who : Cast.all()) {
            KeyPair key = KeyPair.generate(random);
            KeyFile.create(home(who), key);
            keys.put(who, key.id());
        }
        List<String> command = new ArrayList<>(
                List.of("genesis", "new", "--out", genesis.toString(), "--name", "hearth-demo", "--demo"));
        for (Cast who : Cast.committee()) {
            command.addAll(List.of(
                    "--member", Committee.Seat.of(KeyFile.read(home(who)), 1).text()));
        }
        for (Cast who : Cast.all()) {
            if (who.isVeteran()) {
                command.addAll(List.of("--veteran", who.label() + "=" + id(who)));
            }
        }
        command.addAll(List.of("--account", Cast.GUS.label() + "=" + id(Cast.GUS) + ":2000"));
        // The faucet gives a newcomer its first transaction fees and no more: it has to earn the bond by verifying, and
        // its first duties earn about a third of a credit each.
        command.addAll(List.of("--set", "minimumBond=1", "--set", "faucetGrant=0.02"));
        NodeProcess.run(command, START);
        return SpecJson.read(genesis);
    }

    Map<Cast, NodeId> keys() {
        return keys;
    }

    private String id(Cast who) {
        return java.util.Objects.requireNonNull(keys.get(who)).toHex();
    }

    Path home(Cast who) {
        return directory.resolve(who.label());
    }

    int gatewayPort() {
        return gatewayPort;
    }

    /** The command line that starts {@code who}; {@code bootstrap} is the address of the keeper. */
    private List<String> command(Cast who, Optional<String> bootstrap) {
        List<String> out = new ArrayList<>(
                switch (who) {
                    case KEEPER -> List.of("node");
                    case ANNA -> List.of("mine", "--layers", "0-2", "--price", "" + PRICE);
                    case BEN -> List.of("mine", "--layers", "3-5", "--price", "" + PRICE);
                    case CLEO ->
                        List.of(
                                "mine",
                                "--price",
                                "" + 2 * PRICE); // three layers of the longest job stay under its cap
                    case DORA, EMIL -> List.of("mine", "--bond", "auto", "--price", "" + 4 * PRICE);
                    case FAYE ->
                        List.of("mine", "--layers", "3-5", "--price", "" + PRICE / 2, "--fault", "skip-layer:0.05");
                    case GUS -> List.of("gateway", "--port", "" + gatewayPort, "--max-price", "" + MAX_PRICE);
                });
        if (out.getFirst().equals("mine")) {
            // Eight nodes share this machine; each would take all of it.
            out.addAll(List.of("--threads", "1"));
        }
        out.addAll(List.of("--data", home(who).toString(), "--genesis", genesis.toString()));
        bootstrap.ifPresent(address -> out.addAll(List.of("--bootstrap", address)));
        return out;
    }

    /** Starts {@code who} and waits until it runs. */
    void start(Cast who) throws IOException, InterruptedException, TimeoutException {
        launch(who);
        awaitUp(who);
    }

    /** Starts {@code who} and does not wait. */
    void launch(Cast who) throws IOException {
        Optional<String> bootstrap = who == Cast.KEEPER ? Optional.empty() : Optional.of(address(Cast.KEEPER));
        Path log = home(who).resolve("node.log");
        running.put(who, NodeProcess.start(who.label(), log, command(who, bootstrap), line -> {}));
    }

    /** Waits until {@code who} answers at its local interface. */
    void awaitUp(Cast who) throws InterruptedException, TimeoutException {
        Observer.await(who.label() + " to start (see " + home(who).resolve("node.log") + ")", START, () -> {
            if (!process(who).isAlive()) {
                throw new DemoException(who.label() + " ended at once. The end of its log:\n" + logTail(who));
            }
            return find(who).isPresent();
        });
    }

    private String logTail(Cast who) {
        try {
            List<String> lines = Files.readAllLines(home(who).resolve("node.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(it cannot be read: " + e.getMessage() + ")";
        }
    }

    private Optional<RunningNode> find(Cast who) {
        try {
            return RunningNode.find(home(who))
                    .filter(node -> node.pid() == process(who).pid());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where peers reach {@code who}. */
    String address(Cast who) {
        return find(who).orElseThrow().addresses().getFirst();
    }

    private NodeProcess process(Cast who) {
        return java.util.Objects.requireNonNull(running.get(who));
    }

    /** SIGKILL. */
    void kill(Cast who) throws InterruptedException {
        peakMiB = Math.max(peakMiB, process(who).peakMiB());
        process(who).kill();
        running.remove(who);
    }

    /** Ends all processes and waits; the keeper last, so that everybody hears its last block. */
    void stop() throws InterruptedException {
        for (NodeProcess process : running.values()) {
            peakMiB = Math.max(peakMiB, process.peakMiB());
        }
        List<NodeProcess> order = new ArrayList<>(running.values());
        running.clear();
        order.reversed().forEach(NodeProcess::askToStop);
        for (NodeProcess process : order.reversed()) {
            if (!process.awaitStop(STOP)) {
                throw new IllegalStateException(process.name() + " did not stop within " + STOP.toSeconds() + " s");
            }
        }
    }

    /** Largest resident memory of one process so far. */
    long peakMiB() {
        return peakMiB;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (NodeProcess process : running.values()) {
            try {
                process.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        running.clear();
        try {
            Directories.delete(java.util.Objects.requireNonNull(genesis.getParent()));
        } catch (IOException e) {
            System.err.println("left behind: " + genesis);
        }
    }
}
