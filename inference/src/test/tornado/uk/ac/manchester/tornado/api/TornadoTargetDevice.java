package uk.ac.manchester.tornado.api;

/** What the driver says of a device. */
public interface TornadoTargetDevice {
    String getDeviceName();
}
