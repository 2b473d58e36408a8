package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.inference.bench.StageBench;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.SelfCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth bench verify}: what checking costs, against what is checked. */
@Command(name = "verify", description = "Re-verifying a stage against generating it, hashing, and the self-check.")
final class BenchVerifyCommand implements Callable<Integer> {
    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(
            names = "--layers",
            paramLabel = "A..B",
            description = "The stage, B included; the whole model if not given.")
    private @Nullable String layers;

    @Override
    public Integer call() throws IOException {
        try (GgufFile file = options.model().open();
                Kernel kernel = options.backend().open();
                StepProgress progress = BenchCommand.progress()) {
            long start = System.nanoTime();
            List<String> wrong = SelfCheck.run(kernel);
            double selfCheck = (System.nanoTime() - start) / 1e9;
            if (!wrong.isEmpty()) {
                throw CommandException.failed(kernel.name() + " gives other bits than the network's in " + wrong);
            }
            LayerRange range = range(ModelConfig.of(file));
            StageExecutor stage =
                    StageExecutor.load(file, range, kernel, done -> progress.at("loading", done, range.size()));
            StageBench.Result result =
                    new StageBench(stage, new KvBudget(BenchCommand.KV_BYTES)).run(options.rounds(), progress::at);
            Map<String, Object> out = options.result(kernel);
            out.put("layers", stage.range().toString());
            out.put("positions", StageBench.POSITIONS);
            out.put("generateSeconds", BenchCommand.rounded(result.generateSeconds()));
            out.put("verifySeconds", BenchCommand.rounded(result.verifySeconds()));
            out.put("verifyOverGenerate", BenchCommand.rounded(result.verifySeconds() / result.generateSeconds()));
            out.put("hashSeconds", BenchCommand.rounded(result.hashSeconds()));
            out.put("hashingShareOfDecode", Math.round(result.hashSeconds() / result.generateSeconds() * 1e6) / 1e6);
            out.put("selfCheckSeconds", BenchCommand.rounded(selfCheck));
            options.print(out);
            return ExitCode.DONE;
        }
    }

    private LayerRange range(ModelConfig config) {
        String text = layers;
        if (text == null) {
            return config.all();
        }
        if (!text.matches("[0-9]{1,4}\\.\\.[0-9]{1,4}")) {
            throw CommandException.usage("--layers must be two numbers, such as 0..10");
        }
        int from = Integer.parseInt(text.substring(0, text.indexOf('.')));
        int to = Integer.parseInt(text.substring(text.lastIndexOf('.') + 1));
        if (from > to || to >= config.layers()) {
            throw CommandException.usage("--layers " + text + " of a model with layers 0 to " + (config.layers() - 1));
        }
        return new LayerRange(from, to + 1);
    }
}
