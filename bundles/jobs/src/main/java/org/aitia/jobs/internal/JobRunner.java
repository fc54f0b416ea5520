package org.aitia.jobs.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.api.AitiaException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.job.Job;
import org.aitia.api.job.JobInfo;
import org.aitia.api.job.Jobs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each job on a daemon thread of its own and remembers how the last ones ended.
 *
 * <p>There is no pool: jobs are long and few, and what limits them is the device manager's queue. Of an ended job only
 * its {@link JobInfo} is kept, so that the history holds no result, no listener and no class of another bundle.
 */
// immediate: a delayed component ends with its last user, and takes all jobs along
@Component(service = Jobs.class, immediate = true)
public final class JobRunner implements Jobs, AutoCloseable {
    static final int HISTORY = 100;

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int IDS_IN_MESSAGES = 10;
    // work looks at its monitor about once per second
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Entry(RunningJob<?> job, Thread thread) {}

    private final LongSupplier nanoTime;
    private final Duration patience;

    // one lock for all three, so that a job is always in exactly one of the maps
    private final Object lock = new Object();
    private final Map<Long, Entry> running = new TreeMap<>();
    // in the order of ending
    private final Map<Long, JobInfo> ended = new LinkedHashMap<>();
    private long lastId;
    private boolean closed;

    /** Starts with no jobs. */
    @Activate
    public JobRunner() {
        this(System::nanoTime, PATIENCE);
    }

    JobRunner(LongSupplier nanoTime, Duration patience) {
        this.nanoTime = nanoTime;
        this.patience = patience;
    }

    @Override
    public <T> Job<T> start(String kind, String description, TaskMonitor listener, Function<TaskMonitor, T> work) {
        synchronized (lock) {
            if (closed) {
                throw new AitiaException("cannot start '%s %s': jobs are being stopped; try again when they are back"
                        .formatted(kind, description));
            }
            long id = ++lastId;
            JobMonitor monitor = new JobMonitor("job " + id, listener, nanoTime);
            RunningJob<T> job = new RunningJob<>(id, kind, description, monitor);
            Thread thread = newThread("aitia-job-" + id, () -> job.run(work, () -> ended(job)));
            running.put(id, new Entry(job, thread));
            boolean started = false;
            try {
                thread.start();
                started = true;
            } finally {
                // the operating system may refuse another thread
                if (!started) {
                    running.remove(id);
                }
            }
            return job;
        }
    }

    @Override
    public List<JobInfo> list() {
        synchronized (lock) {
            return Stream.concat(
                            running.values().stream().map(entry -> entry.job().info()), ended.values().stream())
                    .sorted(Comparator.comparingLong(JobInfo::id))
                    .toList();
        }
    }

    @Override
    public boolean cancel(long id) {
        synchronized (lock) {
            Optional<Entry> entry = Optional.ofNullable(running.get(id));
            if (entry.isPresent()) {
                entry.get().job().cancel();
                return true;
            }
            if (ended.containsKey(id)) {
                return false;
            }
            throw new NotFoundException("unknown job %d; %s".formatted(id, known()));
        }
    }

    /**
     * Cancels everything and waits a little for it. Work that does not look at its monitor is interrupted as a last
     * resort; what survives even that is named in the log.
     */
    @Override
    @Deactivate
    public void close() {
        List<Entry> left;
        synchronized (lock) {
            closed = true;
            left = new ArrayList<>(running.values());
        }
        // a job may be what stops us: it cannot wait for itself
        left.removeIf(entry -> entry.thread() == Thread.currentThread());
        left.forEach(entry -> entry.job().cancel());
        if (join(left)) {
            return;
        }
        left.forEach(entry -> entry.thread().interrupt());
        if (!join(left)) {
            LOG.warn(
                    "these jobs were cancelled and interrupted but still run: {}",
                    left.stream().map(entry -> entry.job().toString()).collect(Collectors.joining(", ")));
        }
    }

    private static Thread newThread(String name, Runnable body) {
        // without the caller's inheritable thread locals, which may belong to a bundle that is gone before the job
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    private void ended(RunningJob<?> job) {
        synchronized (lock) {
            running.remove(job.id());
            ended.put(job.id(), job.info());
            if (ended.size() > HISTORY) {
                ended.remove(ended.keySet().iterator().next());
            }
        }
    }

    private String known() {
        List<JobInfo> all = list();
        if (all.isEmpty()) {
            return "there are none";
        }
        return all.stream()
                .skip(Math.max(0, all.size() - IDS_IN_MESSAGES))
                .map(info -> Long.toString(info.id()))
                .collect(Collectors.joining(", ", all.size() > IDS_IN_MESSAGES ? "the last are " : "there are ", ""));
    }

    /** Waits for threads to end, forgetting those that did; returns whether all did. */
    private boolean join(List<Entry> entries) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (Entry entry : entries) {
                // 0 would wait for ever
                entry.thread().join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            // whoever stops us is in a hurry
            Thread.currentThread().interrupt();
        }
        entries.removeIf(entry -> !entry.thread().isAlive());
        return entries.isEmpty();
    }
}
