package org.aitia.api.job;

import java.util.List;
import java.util.function.Function;
import org.aitia.api.TaskMonitor;
import org.osgi.annotation.versioning.ProviderType;

/** Runs long work where everyone can see and cancel it. Safe for several threads. */
@ProviderType
public interface Jobs {
    /**
     * Starts work on a thread of its own.
     *
     * @param <T> what it returns
     * @param kind for listings, for example {@code "train"}
     * @param description for listings, for example {@code "gcn on cora"}
     * @param listener also told of progress, by the working thread; its {@code isCancelled} is asked too
     * @param work the work; it must look at the monitor it is given
     * @return the job, already queued or running
     */
    <T> Job<T> start(String kind, String description, TaskMonitor listener, Function<TaskMonitor, T> work);

    /**
     * Returns running and recently finished jobs.
     *
     * @return oldest first
     */
    List<JobInfo> list();

    /**
     * Cancels a job.
     *
     * @param id its number
     * @return true if it was running, false if it had ended
     * @throws org.aitia.api.NotFoundException if there is no such job
     */
    boolean cancel(long id);
}
