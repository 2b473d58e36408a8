package org.hearthnet.inference.tornado;

import java.lang.module.ResolvedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.inference.kernel.DeviceException;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KernelProvider;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.kernel.SelfCheck;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * The devices of TornadoVM in this JVM. Loaded by {@code inference.kernel.TornadoVm} once the JVM has the arguments that make
 * it exact. A device opens only if it passes {@link Rounding} and {@link SelfCheck} now.
 */
public final class TornadoProvider implements KernelProvider {
    private static final String NOTE =
            "no run of the released SDK or on a graphics card is on record; opens by name only";

    /** For reflection. */
    public TornadoProvider() {}

    @Override
    public String name() {
        return "tornado";
    }

    @Override
    public boolean mayBeFaster() {
        return false;
    }

    @Override
    public List<Device> devices() {
        return found().stream().map(TornadoProvider::describe).toList();
    }

    private static List<TornadoDevice> found() {
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        var devices = new ArrayList<TornadoDevice>();
        for (int b = 0; b < runtime.getNumBackends(); b++) {
            TornadoBackend backend = runtime.getBackend(b);
            for (int d = 0; d < backend.getNumDevices(); d++) {
                devices.add(backend.getDevice(d));
            }
        }
        return devices;
    }

    private static Device describe(TornadoDevice device) {
        Kind kind = device.getDeviceType() == TornadoDeviceType.CPU ? Kind.CPU : Kind.GPU;
        String version = version() + ", " + device.getPlatformName() + ", " + device.getDeviceOpenCLCVersion();
        return refusal(device)
                .map(why -> new Device(label(device), version, kind, State.REFUSED, why))
                .orElseGet(() -> new Device(label(device), version, kind, State.UNTESTED, NOTE));
    }

    private static String label(TornadoDevice device) {
        return device.getPhysicalDevice().getDeviceName().strip();
    }

    /** The file of TornadoVM's API, whose name has the version. */
    private static String version() {
        Module module = TaskGraph.class.getModule();
        if (!module.isNamed() || module.getLayer() == null) {
            return "TornadoVM";
        }
        return module.getLayer()
                .configuration()
                .findModule(module.getName())
                .map(ResolvedModule::reference)
                .flatMap(reference -> reference.location())
                .map(location -> location.getPath().replaceAll("^.*/", ""))
                .orElse("TornadoVM");
    }

    private static Optional<String> refusal(TornadoDevice device) {
        TornadoVMBackendType type = device.getTornadoVMBackend();
        if (type != TornadoVMBackendType.OPENCL) {
            return Optional.of(
                    "how TornadoVM's " + type + " back end rounds has not been examined: install the SDK for OpenCL");
        }
        return switch (device.getDeviceType()) {
            case CPU, GPU, ACCELERATOR -> Optional.empty();
            case FPGA -> Optional.of("its kernels would have to be compiled for hours beforehand");
            case UNKNOWN, DEFAULT, CUSTOM, ALL -> Optional.of("it does not say what it is");
        };
    }

    @Override
    public Kernel open(int number, int threads) {
        List<TornadoDevice> devices = found();
        if (number < 0 || number >= devices.size()) {
            throw new IllegalArgumentException(
                    "TornadoVM has " + devices.size() + " devices, counted from 0, not number " + number);
        }
        TornadoDevice device = devices.get(number);
        refusal(device).ifPresent(why -> {
            throw new IllegalArgumentException(label(device) + " is refused: " + why);
        });
        String name = "tornado:" + number + " (" + label(device) + ")";
        check(device, name);
        return new TornadoKernel(host(threads), device, name);
    }

    /** With a kernel of its own, so that nothing of the check stays on the device. */
    private static void check(TornadoDevice device, String name) {
        try (Kernel kernel = new TornadoKernel(host(1), device, name)) {
            Rounding.refusal(kernel).ifPresent(why -> {
                throw new IllegalArgumentException(name + " is refused: " + why);
            });
            List<String> failed = SelfCheck.run(kernel);
            if (!failed.isEmpty()) {
                throw new IllegalArgumentException(name + " is refused: it computes other bits than the network's in "
                        + String.join(", ", failed));
            }
        } catch (DeviceException e) {
            throw new IllegalArgumentException(name + " is refused: " + e.getMessage(), e);
        }
    }

    /** What computes everything but products with matrices. */
    private static Kernel host(int threads) {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return Kernels.choose(vectors ? "vector" : "reference", threads);
    }
}
