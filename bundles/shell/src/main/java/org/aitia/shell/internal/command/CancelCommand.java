package org.aitia.shell.internal.command;

import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cancel}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=cancel"})
public final class CancelCommand extends AitiaCommand<CancelCommand.Given> {

    @Command(name = "cancel", header = "Stops running work.")
    static final class Given extends ResultArguments {
        @Parameters(paramLabel = "JOB", description = "Number of a job, as 'jobs' lists it.")
        long id;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public CancelCommand(@Reference Services services) {
        super(services, Group.SYSTEM, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        boolean cancelled = services().jobs().cancel(given.id);
        if (given.json()) {
            new Json().put("id", given.id).put("cancelled", cancelled).print(console.out());
        } else {
            console.println("Job " + given.id + (cancelled ? " is being cancelled." : " had already ended."));
        }
    }
}
