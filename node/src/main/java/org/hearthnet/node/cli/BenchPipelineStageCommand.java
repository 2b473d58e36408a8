package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.node.bench.ring.RingBench;
import org.hearthnet.node.bench.ring.RingNode;
import org.hearthnet.node.plan.Link;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth bench pipeline-stage}: one stage of {@link BenchPipelineCommand}, in a process of its own. */
@Command(name = "pipeline-stage", hidden = true, description = "One stage of bench pipeline.")
final class BenchPipelineStageCommand implements Callable<Integer> {
    private static final Pattern RUN = Pattern.compile("([0-9]{1,2})x([0-9]{1,2})");
    private static final int LINK_BYTES = 256 * 1024;
    private static final int WARM = 4;

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Option(names = "--index", required = true)
    private int index;

    @Option(names = "--layers", required = true)
    private String layers = "";

    @Option(names = "--listen", required = true)
    private String listen = "";

    @Option(names = "--next", required = true)
    private String next = "";

    @Option(names = "--bytes-per-second", required = true)
    private double bytesPerSecond;

    @Option(names = "--positions", defaultValue = "0")
    private int positions;

    @Option(names = "--run")
    private List<String> runs = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        LayerSpan span = MineCommand.span(layers);
        try (GgufFile file = model.open();
                Kernel arithmetic = Kernels.choose(kernel.name(), 1)) {
            StageExecutor executor = StageExecutor.load(file, new LayerRange(span.from(), span.to()), arithmetic);
            try (RingNode node = RingNode.open(executor, bytesPerSecond, index, listen)) {
                RingNode.Ring ring = node.join(next);
                if (runs.isEmpty()) {
                    ring.serve();
                } else {
                    drive(ring);
                }
            }
        }
        return ExitCode.DONE;
    }

    private void drive(RingNode.Ring ring) throws IOException, InterruptedException {
        Link link = ring.measure(LINK_BYTES);
        print(Map.of("bytesPerSecond", link.bytesPerSecond(), "messageSeconds", link.messageSeconds()));
        for (String text : runs) {
            Matcher m = RUN.matcher(text);
            if (!m.matches()) {
                throw CommandException.usage("--run " + text + " is not of the form 4x2");
            }
            var run = ring.drive(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), positions, WARM);
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("tokensPerSecond", run.tokensPerSecond());
            out.put("computeSeconds", run.computeSeconds());
            print(out);
        }
    }

    /** One line: the driver of the bench reads lines. */
    private static void print(Map<String, Object> document) throws IOException {
        System.out.println(RingBench.RESULT
                + SpecJson.mapper()
                        .writer()
                        .without(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(document));
    }
}
