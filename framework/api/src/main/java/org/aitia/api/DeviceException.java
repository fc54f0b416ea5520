package org.aitia.api;

/** A device cannot do what was asked: no lease in time, lease revoked, memory exhausted. */
public class DeviceException extends AitiaException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public DeviceException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one line for the user
     * @param cause what led to it
     */
    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
