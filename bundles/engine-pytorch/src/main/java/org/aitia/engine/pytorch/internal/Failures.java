package org.aitia.engine.pytorch.internal;

import ai.djl.engine.EngineException;
import java.util.Locale;
import org.aitia.api.AitiaException;
import org.aitia.api.DeviceMemoryException;
import org.aitia.api.InvalidRequestException;

/** Turns libtorch's messages, which are many lines long, into Aitia's exceptions. */
final class Failures {
    private static final int LONGEST = 300;

    private Failures() {}

    /**
     * Says what went wrong in a computation.
     *
     * @param what the computation, the subject of the message
     * @param cause from libtorch
     * @return an exception to throw
     */
    static AitiaException of(String what, EngineException cause) {
        String reason = reason(cause);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("out of memory") || lower.contains("can't allocate memory")) {
            return new DeviceMemoryException(what + " needs more memory than there is: " + reason, cause);
        }
        return new InvalidRequestException(what + " failed: " + reason, cause);
    }

    /** Returns the line of a message that tells the reason: TorchScript's come after a trace of the script. */
    static String reason(EngineException cause) {
        String message = String.valueOf(cause.getMessage());
        String reason = "";
        for (String line : message.split("\\R")) {
            String text = line.strip();
            if (text.startsWith("RuntimeError: ")) {
                reason = text.substring("RuntimeError: ".length());
                break;
            }
            boolean trace = text.startsWith("The following operation failed")
                    || text.startsWith("Traceback of TorchScript")
                    || text.startsWith("Exception raised from");
            if (reason.isEmpty() && !trace) {
                reason = text;
            }
        }
        return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "...";
    }
}
