package org.aitia.api;

/** A data or model file is damaged, truncated or not of the expected format. The message names file and place. */
public class DataFormatException extends AitiaException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public DataFormatException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one line for the user
     * @param cause what led to it
     */
    public DataFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
