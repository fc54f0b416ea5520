package org.aitia.shell.internal.command;

import java.util.List;
import org.aitia.api.NotFoundException;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Arguments;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** {@code help}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=help"})
public final class HelpCommand extends AitiaCommand<HelpCommand.Given> {

    @Command(name = "help", header = "Lists the commands, or shows how one is used.")
    static final class Given extends Arguments {
        @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "Name of a command.")
        String command;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public HelpCommand(@Reference Services services) {
        super(services, Group.SYSTEM, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        List<AitiaCommand<?>> commands = services().commands().stream()
                .filter(command -> command.group() != Group.HIDDEN)
                .toList();
        if (given.command != null) {
            console.println(find(given.command, commands).usage(console.width()));
            return;
        }
        console.println("Aitia " + services().version() + " explains the predictions of graph neural networks.");
        int names = commands.stream().mapToInt(c -> synopsis(c).length()).max().orElse(0);
        for (Group group : Group.values()) {
            List<AitiaCommand<?>> members =
                    commands.stream().filter(c -> c.group() == group).toList();
            if (!members.isEmpty()) {
                console.println("");
                console.println(group.title());
                members.forEach(command -> print(command, names, console));
            }
        }
        console.println("");
        console.println("To begin with");
        console.println("  demo");
        console.println("  explain -m ba-shapes-demo -x gnnexplainer -n 400,405 --html out.html");
        console.println("  train -d cora -a gcn -n cora-gcn");
        console.println("");
        console.println(
                "'help COMMAND' or 'COMMAND --help' shows options; --json prints JSON where there is a result.");
        console.println("'train ... &' works in the background. 'felix:help' lists the commands of the framework.");
    }

    private static AitiaCommand<?> find(String name, List<AitiaCommand<?>> commands) {
        String plain = name.startsWith("aitia:") ? name.substring("aitia:".length()) : name;
        return commands.stream()
                .filter(command -> command.name().equals(plain))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "command",
                        plain,
                        commands.stream().map(AitiaCommand::name).toList()));
    }

    private static String synopsis(AitiaCommand<?> command) {
        CommandSpec spec = command.spec();
        StringBuilder synopsis = new StringBuilder(command.name());
        spec.positionalParameters()
                .forEach(p -> synopsis.append(' ').append(p.required() ? p.paramLabel() : "[" + p.paramLabel() + "]"));
        return synopsis.toString();
    }

    private static void print(AitiaCommand<?> command, int names, Console console) {
        String header = command.spec().usageMessage().header()[0];
        String indent = " ".repeat(names + 4);
        List<String> lines = Text.wrap(header, Math.max(30, console.width() - names - 4));
        console.println("  " + Text.pad(synopsis(command), names) + "  " + lines.get(0));
        lines.stream().skip(1).forEach(line -> console.println(indent + line));
    }
}
