package org.aitia.datasets.internal;

/** A file could not be had from one place. The message says why, without naming the place. */
final class TransferException extends Exception {
    private static final long serialVersionUID = 1L;

    TransferException(String message) {
        super(message);
    }

    TransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
