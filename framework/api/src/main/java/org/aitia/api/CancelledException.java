package org.aitia.api;

/** The work was cancelled by its user. */
public class CancelledException extends AitiaException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public CancelledException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one line for the user
     * @param cause what led to it
     */
    public CancelledException(String message, Throwable cause) {
        super(message, cause);
    }
}
