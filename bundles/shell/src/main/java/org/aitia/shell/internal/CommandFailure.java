package org.aitia.shell.internal;

import org.aitia.api.AitiaException;

/**
 * A failed command, as every shell shows it: Gogo prints {@code toString()} of what a command throws, the launcher its
 * message.
 */
// toString() is what Gogo prints
@SuppressWarnings("OverrideThrowableToString")
final class CommandFailure extends AitiaException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String toString() {
        return "aitia: " + getMessage();
    }
}
