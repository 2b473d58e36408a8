package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hearthnet.node.local.RunningNode;
import org.hearthnet.node.pipeline.client.JobException;
import org.hearthnet.node.pipeline.plan.Plan;
import org.hearthnet.node.pipeline.text.JobReport;
import org.hearthnet.node.pipeline.text.TextListener;
import org.hearthnet.node.pipeline.text.TextRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth submit}: a paid job; streams the text, then says who did it for how much. */
@Command(name = "submit", description = "Have the network continue a text, for credits.")
final class SubmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PROMPT", description = "The text to continue.")
    @SuppressWarnings("NullAway.Init") // set by picocli before call()
    private String prompt;

    @Mixin
    private final JoinOptions join = new JoinOptions();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final SamplerOptions sampler = new SamplerOptions();

    @Mixin
    private final JobOptions job = new JobOptions();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--plan", description = "Show who would do it for how much, and buy nothing.")
    private boolean plan;

    @Override
    public Integer call() throws IOException, InterruptedException {
        TextRequest request = new TextRequest(
                prompt,
                sampler.maxTokens(),
                sampler.settings(),
                job.maxPrice(),
                job.stages(),
                job.executors(),
                List.of());
        try {
            Optional<RunningNode> running = RunningNode.find(join.data());
            return running.isPresent() ? through(new LocalJobClient(running.get()), request) : alone(request);
        } catch (JobException e) {
            throw e.kind() == JobException.Kind.FUNDS
                    ? CommandException.failed(String.valueOf(e.getMessage()))
                    : CommandException.unavailable(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private int through(LocalJobClient node, TextRequest request)
            throws IOException, JobException, InterruptedException {
        if (plan) {
            return show(node.plan(request));
        }
        Printer printer = new Printer();
        return show(node.run(request, printer), printer);
    }

    private int alone(TextRequest request) throws IOException, JobException, InterruptedException {
        try (ClientNode node = ClientNode.start(join, model)) {
            Printer printer = new Printer();
            node.ready(printer::note);
            return plan
                    ? show(node.texts().plan(request))
                    : show(node.texts().run(request, printer).report(), printer);
        }
    }

    private int show(Plan found) {
        output.print(
                found,
                () -> output.table(
                        List.of("stage", "layers", "executor", "sparks a token"),
                        java.util.stream.IntStream.range(0, found.stages().size())
                                .mapToObj(i -> List.of(
                                        String.valueOf(i),
                                        found.stages().get(i).layers().toString(),
                                        found.stages().get(i).executor().shortHex(),
                                        String.valueOf(found.stages().get(i).price()
                                                * found.stages().get(i).layers().count())))
                                .toList()));
        return ExitCode.DONE;
    }

    private int show(JobReport report, Printer printer) {
        output.print(new SubmitDocument(printer.text.toString(), report), () -> {
            output.line("");
            output.line("");
            output.table(
                    List.of("stage", "layers", "executor", "positions", "credits", "receipt", "proof"),
                    report.stages().stream()
                            .map(s -> List.of(
                                    String.valueOf(s.stage()),
                                    s.layers(),
                                    s.executor().shortHex(),
                                    String.valueOf(s.positions()),
                                    s.fee().toString(),
                                    s.receipt() == null ? "none" : s.receipt().shortHex(),
                                    s.receipt() == null ? "-" : "signed, not claimed yet"))
                            .toList());
            output.line("job      %s", report.id());
            output.line(
                    "tokens   %d after %d of the prompt, %s",
                    report.tokens(), report.promptTokens(), report.end().replace('_', ' '));
            output.line("paid     %s credits (promised %s)", report.paid(), report.promised());
        });
        return ExitCode.DONE;
    }

    /** What {@code --json} prints. */
    private record SubmitDocument(
            String text,
            @com.fasterxml.jackson.annotation.JsonUnwrapped JobReport job) {}

    private final class Printer implements TextListener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void text(String piece) {
            text.append(piece);
            if (!output.isJson()) {
                System.out.print(piece);
                System.out.flush();
            }
        }

        @Override
        public void note(String line) {
            System.err.println("hearth: " + line);
        }
    }
}
