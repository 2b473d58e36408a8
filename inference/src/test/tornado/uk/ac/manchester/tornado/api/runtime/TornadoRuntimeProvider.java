package uk.ac.manchester.tornado.api.runtime;

import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A runtime with two back ends: one that the engine admits and one that it does not. */
public class TornadoRuntimeProvider {
    private record Device(TornadoVMBackendType getTornadoVMBackend, TornadoDeviceType getDeviceType)
            implements TornadoDevice {
        @Override
        public String getPlatformName() {
            return "twin";
        }

        @Override
        public TornadoTargetDevice getPhysicalDevice() {
            return () -> "Java threads";
        }

        @Override
        public String getDeviceOpenCLCVersion() {
            return "OpenCL C 0.0";
        }
    }

    private record Backend(List<Device> devices) implements TornadoBackend {
        @Override
        public int getNumDevices() {
            return devices.size();
        }

        @Override
        public TornadoDevice getDevice(int index) {
            return devices.get(index);
        }
    }

    private record Runtime(List<Backend> backends) implements TornadoRuntime {
        @Override
        public TornadoBackend getBackend(int index) {
            return backends.get(index);
        }

        @Override
        public int getNumBackends() {
            return backends.size();
        }
    }

    public static TornadoRuntime getTornadoRuntime() {
        return new Runtime(List.of(
                new Backend(List.of(new Device(TornadoVMBackendType.OPENCL, TornadoDeviceType.CPU))),
                new Backend(List.of(new Device(TornadoVMBackendType.PTX, TornadoDeviceType.GPU)))));
    }
}
