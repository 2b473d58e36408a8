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

    /** One back end. */
    private record Device(String kernel, String name, boolean ok, String note) {}

    @Override
    public Integer call() {
        List<Device> devices = new ArrayList<>();
        for (String kernel : Kernels.names()) {
            if (!kernel.equals("auto")) {
                devices.add(test(kernel));
            }
        }
        List<Map<String, Object>> document =
                devices.stream().map(DevicesCommand::document).toList();
        output.print(
                Map.of("devices", document),
                () -> output.table(
                        List.of("kernel", "device", "state", "note"),
                        devices.stream()
                                .map(d -> List.of(d.kernel, d.name, d.ok ? "serves" : "refused", d.note))
                                .toList()));
        return devices.stream().anyMatch(d -> d.ok) ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static Device test(String name) {
        try (Kernel kernel = Kernels.choose(name, Runtime.getRuntime().availableProcessors())) {
            List<String> failed = SelfCheck.run(kernel);
            return new Device(
                    name,
                    kernel.name(),
                    failed.isEmpty(),
                    failed.isEmpty() ? "bits as specified" : "other bits than the network's: " + failed);
        } catch (IllegalArgumentException e) {
            return new Device(name, "-", false, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> document(Device device) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kernel", device.kernel);
        out.put("device", device.name);
        out.put("ok", device.ok);
        out.put("note", device.note);
        return out;
    }
}
