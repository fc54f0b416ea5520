package org.aitia.api;

/** What was asked for makes no sense: an unknown option, a value out of range, a node that the graph does not have. */
public class InvalidRequestException extends AitiaException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public InvalidRequestException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one line for the user
     * @param cause what led to it
     */
    public InvalidRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
