package org.aitia.api;

/** Something could not be stored: disk full, no permission. What was there before is unharmed. */
public class StorageException extends AitiaException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one line for the user
     */
    public StorageException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one line for the user
     * @param cause what led to it
     */
    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
