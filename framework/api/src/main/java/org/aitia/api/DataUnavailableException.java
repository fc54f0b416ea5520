package org.aitia.api;

/** Data cannot be had: no network, no mirror, or the server refuses. */
public class DataUnavailableException extends AitiaException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public DataUnavailableException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one line for the user
     * @param cause what led to it
     */
    public DataUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
