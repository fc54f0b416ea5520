package org.aitia.api;

/**
 * The root of Aitia's exceptions.
 *
 * <p>A message is one line that names the thing, what was expected, what was found and what to do; it can be shown to
 * a user as it is.
 */
public class AitiaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public AitiaException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one line for the user
     * @param cause what led to it
     */
    public AitiaException(String message, Throwable cause) {
        super(message, cause);
    }
}
