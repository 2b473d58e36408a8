package org.hearthnet.node.bench.ring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Network namespaces of Linux, one for each host, joined by a bridge; what each sends is limited in rate and delayed. They are
 * removed when this is closed.
 */
public final class Namespaces implements AutoCloseable {
    /** Most hosts. */
    public static final int MAX_HOSTS = 64;

    private static final String NETWORK = "10.213.77.";
    private static final int FIRST_HOST = 10;
    private static final long PATIENCE_SECONDS = 20;

    private final String prefix;
    private final String bridge;
    private final List<String> names = new ArrayList<>();

    private Namespaces(long unique) {
        this.prefix = "hth" + unique;
        this.bridge = prefix + "b";
    }

    /**
     * Makes {@code hosts} namespaces.
     *
     * @param unique tells them from those of others on this machine, under 100,000
     * @param kilobits a second that each may send
     * @param delayMicros by which each packet is delayed; more than 0 needs the kernel's netem
     * @throws IOException if they cannot be had; the message says what is missing
     */
    public static Namespaces open(int hosts, long unique, long kilobits, long delayMicros) throws IOException {
        if (hosts < 1 || hosts > MAX_HOSTS) {
            throw new IllegalArgumentException(hosts + " hosts: 1 to " + MAX_HOSTS + " are possible");
        }
        Namespaces out = new Namespaces(unique);
        try {
            out.run("ip", "link", "add", out.bridge, "type", "bridge");
            out.run("ip", "link", "set", out.bridge, "up");
            for (int i = 0; i < hosts; i++) {
                out.add(i, kilobits, delayMicros);
            }
            return out;
        } catch (IOException e) {
            out.close();
            throw new IOException(
                    "there are no network namespaces with limited links to be had here: " + e.getMessage()
                            + ". It takes Linux, root, the programs ip and tc (apt install iproute2), and tbf in the kernel,"
                            + " for delays netem too",
                    e);
        }
    }

    private void add(int host, long kilobits, long delayMicros) throws IOException {
        String name = name(host);
        String outside = prefix + "v" + host;
        run("ip", "netns", "add", name);
        names.add(name);
        run("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name);
        run("ip", "link", "set", outside, "master", bridge, "up");
        run("ip", "-n", name, "addr", "add", address(host) + "/24", "dev", "eth0");
        run("ip", "-n", name, "link", "set", "lo", "up");
        run("ip", "-n", name, "link", "set", "eth0", "up");
        // A bucket of hardly more than a packet: a larger one would let short messages pass at once.
        run(
                "tc",
                "-n",
                name,
                "qdisc",
                "add",
                "dev",
                "eth0",
                "root",
                "handle",
                "1:",
                "tbf",
                "rate",
                kilobits + "kbit",
                "burst",
                "1600",
                "limit",
                "4mb");
        if (delayMicros > 0) {
            run(
                    "tc",
                    "-n",
                    name,
                    "qdisc",
                    "add",
                    "dev",
                    "eth0",
                    "parent",
                    "1:1",
                    "netem",
                    "delay",
                    delayMicros + "us",
                    "limit",
                    "10000");
        }
    }

    private String name(int host) {
        return prefix + "-" + host;
    }

    /** The address of a host. */
    public static String address(int host) {
        return NETWORK + (FIRST_HOST + host);
    }

    /** What stands before a command to run it on a host. */
    public List<String> prefix(int host) {
        return List.of("ip", "netns", "exec", name(host));
    }

    private void run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("the program " + command[0] + " is missing", e);
        }
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        for (String name : names) {
            remove("ip", "netns", "del", name); // its end of the pair goes with it
        }
        names.clear();
        remove("ip", "link", "del", bridge);
    }

    private void remove(String... command) {
        try {
            run(command);
        } catch (IOException e) {
            // It may never have been made; what is left behind has a name of its own and does no harm.
            System.getLogger(Namespaces.class.getName()).log(System.Logger.Level.DEBUG, "left behind", e);
        }
    }
}
