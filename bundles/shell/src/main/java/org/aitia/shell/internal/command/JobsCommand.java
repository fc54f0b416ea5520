package org.aitia.shell.internal.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.aitia.api.job.JobInfo;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Table;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code jobs}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=jobs"})
public final class JobsCommand extends AitiaCommand<JobsCommand.Given> {

    @Command(
            name = "jobs",
            header = "Lists running and finished work.",
            description = "A command that ends with '&' runs in the background and is listed here, too.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public JobsCommand(@Reference Services services) {
        super(services, Group.SYSTEM, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        List<JobInfo> jobs = services().jobs().list();
        if (given.json()) {
            new Json().put("jobs", jobs, JobsCommand::json).print(console.out());
            return;
        }
        if (jobs.isEmpty()) {
            console.println("There was no work yet.");
            return;
        }
        Table table = new Table("ID", "KIND", "WORK", "STATE", "STARTED", "TIME", "PROGRESS").right(0, 5);
        for (JobInfo job : jobs) {
            table.row(
                    Long.toString(job.id()),
                    job.kind(),
                    job.description(),
                    job.state().name().toLowerCase(Locale.ROOT),
                    Text.time(job.started()),
                    Text.seconds(time(job)),
                    progress(job));
        }
        table.print(console);
    }

    private static Duration time(JobInfo job) {
        return Duration.between(job.started(), job.ended().orElseGet(Instant::now));
    }

    private static String progress(JobInfo job) {
        if (job.state() == JobInfo.State.FAILED) {
            return job.error().orElse("");
        }
        if (job.stage().isEmpty() || job.state() == JobInfo.State.DONE) {
            return "";
        }
        return job.stage() + (job.total() > 0 ? " " + job.done() + "/" + job.total() : "");
    }

    private static Json json(JobInfo job) {
        Json json = new Json()
                .put("id", job.id())
                .put("kind", job.kind())
                .put("description", job.description())
                .put("state", job.state().name().toLowerCase(Locale.ROOT))
                .put("stage", job.stage())
                .put("done", job.done())
                .put("total", job.total())
                .put("started", job.started())
                .put("seconds", time(job).toMillis() / 1000.0);
        job.ended().ifPresentOrElse(ended -> json.put("ended", ended), () -> json.putNull("ended"));
        job.error().ifPresentOrElse(error -> json.put("error", error), () -> json.putNull("error"));
        return json;
    }
}
