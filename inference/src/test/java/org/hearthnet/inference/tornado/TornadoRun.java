package org.hearthnet.inference.tornado;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearthnet.inference.exec.ModelConformance;
import org.hearthnet.inference.kernel.Conformance;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KernelProvider;
import org.hearthnet.inference.kernel.PoisonCases;
import org.hearthnet.inference.kernel.SelfCheck;

/** The whole conformance suite on every device of a provider, and what there is to record of it. */
final class TornadoRun {
    private final KernelProvider provider;
    private final Path directory;
    private final List<String> report = new ArrayList<>();

    /** Models go to {@code directory}. */
    TornadoRun(KernelProvider provider, Path directory) {
        this.provider = provider;
        this.directory = directory;
    }

    /**
     * Runs it.
     *
     * @return lines for the record: versions, devices, and what passed
     * @throws AssertionError if a bit differs
     */
    List<String> everything(long seed, int rounds, int models) throws IOException {
        report.add("Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("os.arch"));
        List<KernelProvider.Device> devices = provider.devices();
        for (int number = 0; number < devices.size(); number++) {
            KernelProvider.Device device = devices.get(number);
            report.add("tornado:" + number + " " + device.name() + ", " + device.version() + ", "
                    + device.kind().name().toLowerCase(java.util.Locale.ROOT));
            if (device.state().opens()) {
                try (Kernel kernel = provider.open(number, 2)) {
                    operations(kernel, seed, rounds);
                }
                models(number, seed, models);
            } else {
                report.add("  refused: " + device.note());
            }
        }
        return List.copyOf(report);
    }

    private void operations(Kernel kernel, long seed, int rounds) throws IOException {
        for (Map.Entry<String, Boolean> operation : SelfCheck.outcomes(kernel).entrySet()) {
            if (!operation.getValue()) {
                throw new AssertionError(kernel.name() + " fails its self-check in " + operation.getKey());
            }
        }
        report.add("  self-check: all operations right");
        new Conformance(kernel).run(seed, rounds);
        PoisonCases.check(kernel);
        report.add("  conformance: " + rounds + " rounds of every operation and format from seed " + seed
                + ", and poison in each: bits equal to the reference");
    }

    /** Each on a kernel of its own: a kernel keeps all matrices until it is closed. */
    private void models(int number, long seed, int models) throws IOException {
        for (long model = seed; model < seed + models; model++) {
            try (Kernel kernel = provider.open(number, 2)) {
                new ModelConformance(model, directory).check(kernel);
            }
        }
        report.add("  models: " + models + " random ones from seed " + seed + ": logits equal to the reference's");
    }
}
