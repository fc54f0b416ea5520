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

/** {@code version}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=version"})
public final class VersionCommand extends AitiaCommand<VersionCommand.Given> {

    @Command(name = "version", header = "Shows the versions of Aitia, Java and the operating system.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public VersionCommand(@Reference Services services) {
        super(services, Group.SYSTEM, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        String java = System.getProperty("java.version");
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (given.json()) {
            new Json()
                    .put("version", services().version())
                    .put("java", java)
                    .put("system", system)
                    .print(console.out());
        } else {
            console.println("Aitia " + services().version() + " on Java " + java + ", " + system);
        }
    }
}
