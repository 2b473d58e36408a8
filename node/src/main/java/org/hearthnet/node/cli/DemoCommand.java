package org.hearthnet.node.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.demo.Demo;
import org.hearthnet.node.demo.DemoException;
import org.hearthnet.node.demo.DemoReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth demo}: the whole story on this machine. */
@Command(
        name = "demo",
        description = "Play the whole story on this machine: paid jobs, newcomers who verify, a cheat who is convicted,"
                + " a kill, and an audit of every store.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there as JSON.")
    private Optional<Path> report = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the nodes' directories there (empty or new). Without it they are removed at the end.")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (data.isPresent() && !Demo.isFree(data.get())) {
            throw CommandException.usage(data.get() + " is not empty; the demo wants a directory of its own");
        }
        Path directory = data.isPresent() ? data.get() : Files.createTempDirectory("hearth-demo");
        try {
            DemoReport result = new Demo(output.isJson() ? System.err : System.out).play(directory.toAbsolutePath());
            if (report.isPresent()) {
                Files.writeString(report.get(), SpecJson.mapper().writeValueAsString(result) + "\n");
            }
            output.print(result, () -> show(result, System.out));
            return result.ok() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
        } catch (TimeoutException | DemoException e) {
            throw CommandException.failed("the demo did not get to its end: " + e.getMessage());
        } finally {
            if (data.isEmpty()) {
                Demo.remove(directory);
            }
        }
    }

    private void show(DemoReport result, PrintStream out) {
        out.println();
        out.println("== Who had what, and who earned what for which work (credits)");
        output.table(Demo.accountHeader(), Demo.accountRows(result));
        out.println();
        result.convictions()
                .forEach(c -> out.printf(
                        "convicted: %s, stage %d, layer %d, position %d (%s)%n",
                        c.node(), c.stage(), c.layer(), c.position(), c.operation()));
        out.printf(
                "%d jobs, %s; %d minted - %d burned = %d held (sparks); all stores agree at height %d%n",
                result.jobs().size(),
                result.pipelineEqualsLocal() ? "each text equal to local generation" : "TEXTS DIFFER",
                result.supply().minted().sparks(),
                result.supply().burned().sparks(),
                result.supply().held().sparks(),
                result.height());
        result.problems().forEach(problem -> out.println("PROBLEM: " + problem));
        out.printf("%s after %.0f s%n", result.ok() ? "done" : "FAILED", result.seconds());
    }
}
