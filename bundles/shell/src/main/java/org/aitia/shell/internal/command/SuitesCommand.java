package org.aitia.shell.internal.command;

import org.aitia.api.bench.Benchmarks;
import org.aitia.api.bench.Suite;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Table;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code suites}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=suites"})
public final class SuitesCommand extends AitiaCommand<SuitesCommand.Given> {

    @Command(
            name = "suites",
            header = "Lists the benchmark suites that ship with the product, or prints one.",
            description = {"What is printed is a file to begin a suite of your own with."},
            footer = {"", "Examples:", "  suites", "  suites papers"})
    static final class Given extends ResultArguments {
        @Parameters(paramLabel = "SUITE", arity = "0..1", description = "Suite to print.")
        String suite;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public SuitesCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        Benchmarks benchmarks = services().benchmarks();
        if (given.suite != null) {
            Suite suite = benchmarks.suite(given.suite);
            if (given.json()) {
                json(suite).put("document", suite.document()).print(console.out());
            } else {
                console.out().print(suite.document());
            }
            return;
        }
        if (given.json()) {
            new Json().put("suites", benchmarks.suites(), SuitesCommand::json).print(console.out());
            return;
        }
        Table table = new Table("NAME", "DATA SETS", "MODELS", "EXPLAINERS", "TITLE").right(1, 2, 3);
        for (Suite suite : benchmarks.suites()) {
            table.row(
                    suite.name(),
                    Integer.toString(suite.datasets().size()),
                    Integer.toString(suite.models().size()),
                    Integer.toString(suite.explainers().size()),
                    suite.title());
        }
        table.print(console);
    }

    private static Json json(Suite suite) {
        return new Json()
                .put("name", suite.name())
                .put("title", suite.title())
                .put("text", suite.text())
                .put(
                        "datasets",
                        suite.datasets().stream().map(Suite.Data::label).toList())
                .put("models", suite.models().stream().map(Suite.Model::label).toList())
                .put(
                        "explainers",
                        suite.explainers().stream().map(Suite.Contender::label).toList())
                .put("studies", suite.studies().stream().map(Suite.Study::label).toList());
    }
}
