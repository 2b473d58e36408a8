package org.hearthnet.node.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.store.Directories;

/** Plays the demo and reads the report out of what it left behind. */
public final class Demo {
    private final Story story;

    /** @param out where the story goes */
    public Demo(PrintStream out) {
        this.story = new Story(out);
    }

    /** Whether {@code directory} can hold a demo: it must be empty or not there yet. */
    public static boolean isFree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    /**
     * Plays everything in {@code directory}, which afterwards holds one directory for each node.
     *
     * @throws TimeoutException naming what did not happen in time
     */
    public DemoReport play(Path directory) throws IOException, InterruptedException, TimeoutException {
        Files.createDirectories(directory);
        try (DemoNetwork network = new DemoNetwork(directory)) {
            Thread onExit = new Thread(network::close);
            Runtime.getRuntime().addShutdownHook(onExit); // Ctrl-C leaves no process behind
            try {
                ChainSpec spec = network.create();
                ReportBuilder.Seen seen = new Scenario(story, network).play(spec);
                return audit(spec, directory, network.keys(), seen);
            } finally {
                forget(onExit);
            }
        }
    }

    private static void forget(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException alreadyEnding) {
            // The process is ending already, and the hook does what is left to do.
        }
    }

    private DemoReport audit(ChainSpec spec, Path directory, Map<Cast, NodeId> keys, ReportBuilder.Seen seen)
            throws IOException {
        story.chapter("Every store is audited: bytes, signatures, and a full replay");
        ReportBuilder builder = new ReportBuilder(spec, directory, keys);
        for (Cast who : Cast.all()) {
            AuditReport report = builder.audit(who, (step, done, total) -> {});
            story.line(
                    "%-7s %s  height %d, state %s",
                    who.label(),
                    report.ok() ? "whole" : "DAMAGED",
                    report.height(),
                    report.stateRoot().shortHex());
        }
        return builder.build(new ReportBuilder.Seen(
                seen.pipelineEqualsLocal(), seen.killed(), seen.heightAtKill(), story.seconds(), seen.peakMiB()));
    }

    /** Removes what a demo left behind in {@code directory}. */
    public static void remove(Path directory) throws IOException {
        Directories.delete(directory);
    }

    /** The names of the columns of {@link #accountRows}. */
    public static List<String> accountHeader() {
        return List.of("node", "part", "now", "before", "after", "executing", "checking", "finding", "lost", "duties");
    }

    /** What everybody had and earned, for a table; amounts in credits. */
    public static List<List<String>> accountRows(DemoReport report) {
        return report.accounts().stream()
                .map(a -> List.of(
                        a.node(),
                        a.part(),
                        a.role(),
                        a.before().toString(),
                        a.after().toString(),
                        a.executing().toString(),
                        a.verifying().toString(),
                        a.finding().toString(),
                        a.lost().toString(),
                        "" + a.duties()))
                .toList();
    }
}
