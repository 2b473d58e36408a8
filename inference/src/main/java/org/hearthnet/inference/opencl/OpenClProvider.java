package org.hearthnet.inference.opencl;

import java.util.List;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KernelProvider;

/** Finds the OpenCL devices of this machine. */
public final class OpenClProvider implements KernelProvider {
    /** For {@code ServiceLoader}. */
    public OpenClProvider() {}

    @Override
    public String name() {
        return "opencl";
    }

    /** On the processor it is slower than the vector kernel. */
    @Override
    public boolean mayBeFaster() {
        return Accelerators.mayExist();
    }

    @Override
    public List<Device> devices() {
        if (!SignalChaining.isOn()) {
            return List.of(new Device("-", "", Kind.GPU, State.REFUSED, SignalChaining.REFUSAL));
        }
        if (OpenClLibrary.find().isEmpty()) {
            return List.of(absent("no OpenCL library found (on Debian: ocl-icd-libopencl1 and a driver's package)"));
        }
        try {
            List<OpenClDevice> devices = OpenClDevice.all();
            if (devices.isEmpty()) {
                return List.of(absent("an OpenCL library, but no driver that has a device"));
            }
            return devices.stream().map(OpenClProvider::describe).toList();
        } catch (OpenClException e) {
            return List.of(absent("the OpenCL library does not work: " + e.getMessage()));
        }
    }

    private static Device absent(String why) {
        return new Device("-", "", Kind.GPU, State.ABSENT, why);
    }

    private static Device describe(OpenClDevice device) {
        Kind kind = device.type() == OpenClDevice.Type.CPU ? Kind.CPU : Kind.GPU;
        String version = device.version() + ", driver " + device.driver();
        return device.refusal()
                .map(why -> new Device(device.name(), version, kind, State.REFUSED, why))
                .orElseGet(() -> new Device(device.name(), version, kind, State.USABLE, device.platform()));
    }

    @Override
    public Kernel open(int number, int threads) {
        return open(number, null);
    }

    /** With another layout than the device's own, if one is given: results do not depend on it. */
    static Kernel open(int number, @org.jspecify.annotations.Nullable KernelLayout layout) {
        if (!SignalChaining.isOn()) {
            throw new IllegalArgumentException(SignalChaining.REFUSAL);
        }
        OpenClLibrary library = OpenClLibrary.find()
                .orElseThrow(() -> new IllegalArgumentException("there is no OpenCL library on this machine"));
        try {
            List<OpenClDevice> devices = OpenClDevice.all();
            if (number < 0 || number >= devices.size()) {
                throw new IllegalArgumentException(
                        "there are " + devices.size() + " OpenCL devices, counted from 0, not number " + number);
            }
            OpenClDevice device = devices.get(number);
            device.refusal().ifPresent(why -> {
                throw new IllegalArgumentException(device.name() + " is refused: " + why);
            });
            return new OpenClKernel(library, device, layout == null ? KernelLayout.of(device) : layout);
        } catch (OpenClException e) {
            throw new IllegalArgumentException("OpenCL device " + number + " does not work: " + e.getMessage(), e);
        }
    }
}
