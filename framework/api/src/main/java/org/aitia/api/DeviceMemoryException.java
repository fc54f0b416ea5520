package org.aitia.api;

/** A computation needs more memory than its lease or device has; a smaller batch may succeed. */
public class DeviceMemoryException extends DeviceException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public DeviceMemoryException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one line for the user
     * @param cause what led to it
     */
    public DeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
