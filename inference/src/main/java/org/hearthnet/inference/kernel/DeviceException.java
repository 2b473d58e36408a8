package org.hearthnet.inference.kernel;

/** A device, its driver or its compiler failed; what was being computed on it is lost. */
public class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence for people. */
    public DeviceException(String message) {
        super(message);
    }
}
