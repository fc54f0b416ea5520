package org.aitia.shell.internal;

import java.util.function.Function;
import java.util.function.Supplier;
import org.aitia.api.TaskMonitor;
import org.aitia.api.job.Job;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Progress;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * A command that works for a while: as a job, with progress, stopped by Ctrl-C.
 *
 * @param <A> its arguments
 */
public abstract class WorkCommand<A extends WorkArguments> extends AitiaCommand<A> {
    /**
     * Creates a command.
     *
     * @param services what it asks
     * @param group where it is listed
     * @param arguments makes an object for picocli to fill
     */
    protected WorkCommand(Services services, Group group, Supplier<A> arguments) {
        super(services, group, arguments);
    }

    /**
     * Runs work as a job and waits for it.
     *
     * @param <T> what it returns
     * @param given says whether to show progress
     * @param console where to
     * @param description for the list of jobs
     * @param work what to do, on another thread
     * @return its result
     */
    protected final <T> T work(A given, Console console, String description, Function<TaskMonitor, T> work) {
        try (Progress progress = Progress.start(console, given.quiet)) {
            Job<T> job = services().jobs().start(name(), description, progress, work);
            if (console.terminal().isEmpty()) {
                return job.await();
            }
            // Gogo's own handler interrupts its threads and returns to the prompt before the work has stopped.
            Terminal terminal = console.terminal().get();
            SignalHandler before = terminal.handle(Signal.INT, signal -> job.cancel());
            try {
                return job.await();
            } finally {
                terminal.handle(Signal.INT, before);
            }
        }
    }
}
