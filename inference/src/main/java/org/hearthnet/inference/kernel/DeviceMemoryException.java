package org.hearthnet.inference.kernel;

/** The device has no room for what was asked of it; what it held before is as it was. */
public final class DeviceMemoryException extends DeviceException {
    private static final long serialVersionUID = 1L;

    /** With a sentence for people. */
    public DeviceMemoryException(String message) {
        super(message);
    }
}
