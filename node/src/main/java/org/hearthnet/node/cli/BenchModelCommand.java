package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth bench model}: something to measure. */
@Command(name = "model", description = "Write a GGUF file with random weights at the shape of a known model.")
final class BenchModelCommand implements Callable<Integer> {
    @Option(names = "--shape", required = true, description = "The shape, such as tinyllama-1.1b.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String shape;

    @Option(names = "--format", defaultValue = "Q8_0", description = "Of the weights (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String format;

    @Option(names = "--seed", defaultValue = "1", description = "The same seed gives the same file (${DEFAULT-VALUE}).")
    private long seed;

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        WeightFormat weights = WeightFormat.named(format.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> CommandException.usage(
                        "no weight format '" + format + "', there are " + List.of(WeightFormat.values())));
        random(weights).write(file, seed);
        output.print(
                Map.of("file", file.toString(), "bytes", Files.size(file)),
                () -> output.line("%s: %s in %s, random weights", file, shape, weights));
        return ExitCode.DONE;
    }

    private RandomModel random(WeightFormat weights) {
        try {
            return RandomModel.shaped(shape, weights);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
