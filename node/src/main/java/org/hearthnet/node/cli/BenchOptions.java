package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthnet.inference.kernel.Kernel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What benchmarks of a model have in common. */
final class BenchOptions {
    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final BackendOptions backend = new BackendOptions();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).")
    private int rounds;

    ModelOption model() {
        return model;
    }

    BackendOptions backend() {
        return backend;
    }

    int rounds() {
        return Math.max(1, rounds);
    }

    /** A result that begins with what was measured. */
    Map<String, Object> result(Kernel kernel) throws IOException {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", model.name());
        out.put("backend", kernel.name());
        out.put("threads", backend.threads());
        return out;
    }

    void print(Map<String, Object> result) {
        output.print(result, () -> result.forEach((name, value) -> output.line("%-30s %s", name, value)));
    }
}
