package org.hearthnet.inference.opencl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** The devices to test on. */
public final class OpenClDevices {
    private OpenClDevices() {}

    /** Numbers of the devices that are not refused; without any the test fails in CI and is skipped elsewhere. */
    public static List<Integer> usable() {
        List<Integer> numbers = OpenClDevice.all().stream()
                .filter(device -> device.refusal().isEmpty())
                .map(OpenClDevice::index)
                .toList();
        if (numbers.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("CI needs an OpenCL device: install pocl-opencl-icd and ocl-icd-libopencl1");
        }
        assumeTrue(!numbers.isEmpty(), "no OpenCL device here: skipped");
        return numbers;
    }
}
