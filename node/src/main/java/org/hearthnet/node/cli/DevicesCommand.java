package org.hearthnet.node.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.kernel.SelfCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hearth devices}: what could compute here, and whether it gives the network's bits. */
@Command(name = "devices", description = "Show compute back ends: found, tested, refused.")
final class DevicesCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    /** A device after its self-check; {@code passed} and {@code failed} are empty where there was none. */
    private record Report(Kernels.Found found, String state, List<String> passed, List<String> failed, String note) {
        boolean serves() {
            return state.equals("serves");
        }
    }

    @Override
    public Integer call() {
        List<Report> reports = Kernels.all().stream().map(DevicesCommand::test).toList();
        String automatic = automatic();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("automatic", automatic);
        document.put("devices", reports.stream().map(DevicesCommand::document).toList());
        output.print(document, () -> {
            output.table(
                    List.of("kernel", "device", "state", "operations", "note"),
                    reports.stream().map(DevicesCommand::row).toList());
            output.line("");
            output.line("--kernel auto takes " + automatic);
        });
        return reports.stream().anyMatch(Report::serves) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static String automatic() {
        try (Kernel kernel = Kernels.choose("auto", 1)) {
            return kernel.name();
        }
    }

    private static Report test(Kernels.Found found) {
        return switch (found.device().state()) {
            case ABSENT -> closed(found, "not found");
            case REFUSED -> closed(found, "refused");
            case UNTESTED -> checked(found, "untested");
            case USABLE -> checked(found, "serves");
        };
    }

    private static Report closed(Kernels.Found found, String state) {
        return new Report(found, state, List.of(), List.of(), found.device().note());
    }

    /** @param state of a device that passes */
    private static Report checked(Kernels.Found found, String state) {
        try (Kernel kernel = found.open(Runtime.getRuntime().availableProcessors())) {
            var passed = new ArrayList<String>();
            var failed = new ArrayList<String>();
            SelfCheck.outcomes(kernel).forEach((operation, right) -> (right ? passed : failed).add(operation));
            if (!failed.isEmpty()) {
                String note = "computes other bits than the network's in " + String.join(", ", failed);
                return new Report(found, "refused", passed, failed, note);
            }
            return new Report(found, state, passed, failed, found.device().note());
        } catch (RuntimeException e) {
            // Whatever a driver does wrong is a reason to refuse it, and no reason to hide the other devices.
            return new Report(found, "refused", List.of(), List.of(), "does not work: " + e.getMessage());
        }
    }

    private static List<String> row(Report report) {
        int tested = report.passed.size() + report.failed.size();
        return List.of(
                report.found.id(),
                report.found.device().name(),
                report.state,
                tested == 0 ? "-" : report.passed.size() + " of " + tested,
                report.note);
    }

    private static Map<String, Object> document(Report report) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kernel", report.found.id());
        out.put("device", report.found.device().name());
        out.put("kind", report.found.device().kind().name().toLowerCase(java.util.Locale.ROOT));
        out.put("version", report.found.device().version());
        out.put("state", report.state);
        out.put("ok", report.serves());
        out.put("passed", report.passed);
        out.put("failed", report.failed);
        out.put("note", report.note);
        return out;
    }
}
