package org.aitia.api.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as listings show it.
 *
 * @param id number of the job
 * @param kind what kind of work
 * @param description what it works on
 * @param state where it stands
 * @param stage what it is doing, as last reported; may be empty
 * @param done units done
 * @param total units in all, or -1 when not known
 * @param started when it was started
 * @param ended when it ended
 * @param error why it failed, one line
 */
public record JobInfo(
        long id,
        String kind,
        String description,
        State state,
        String stage,
        long done,
        long total,
        Instant started,
        Optional<Instant> ended,
        Optional<String> error) {

    /** Where a job stands. */
    public enum State {
        /** It works or waits for a device. */
        RUNNING,
        /** It returned its result. */
        DONE,
        /** It threw an exception. */
        FAILED,
        /** It was cancelled and has stopped. */
        CANCELLED
    }
}
