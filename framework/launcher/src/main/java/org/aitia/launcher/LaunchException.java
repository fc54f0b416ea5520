package org.aitia.launcher;

/** A failure that ends the launcher with one line on standard error and the given exit status. */
final class LaunchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The command line cannot be understood. */
    static final int USAGE = 2;

    /** The container does not start. */
    static final int START = 3;

    private final int status;

    LaunchException(int status, String message) {
        super(message);
        this.status = status;
    }

    LaunchException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
