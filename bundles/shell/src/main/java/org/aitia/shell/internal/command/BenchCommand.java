package org.aitia.shell.internal.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.aitia.api.AitiaException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchResult.Reached;
import org.aitia.api.bench.Benchmarks;
import org.aitia.api.bench.Suite;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.UserPath;
import org.aitia.shell.internal.WorkArguments;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=bench"})
public final class BenchCommand extends WorkCommand<BenchCommand.Given> {

    @Command(
            name = "bench",
            header = "Runs a suite of explainers, models and data sets, and writes one report.",
            description = {
                "Trains the models, explains and measures with every seed, and writes report.html, report.md, results.csv"
                        + " and results.json. What is measured is kept as it comes: after a stop, --resume goes on."
            },
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  bench quick --out quick",
                "  bench papers --out papers --only tree-cycles,pgexplainer --seeds 3",
                "  bench my-suite.yaml --out mine --resume"
            })
    static final class Given extends WorkArguments {
        @Parameters(
                paramLabel = "SUITE",
                description = "Suite that 'suites' lists, or a file of your own (.yaml or .json).")
        String suite;

        @Option(
                names = "--out",
                order = 1,
                paramLabel = "DIR",
                description = "Directory for results and report, made if need be; aitia-bench-SUITE unless given.")
        String out;

        @Option(
                names = "--resume",
                order = 2,
                description = "Goes on where an earlier run in the same directory stopped.")
        boolean resume;

        @Option(
                names = "--seeds",
                order = 3,
                paramLabel = "N",
                description = "Runs of each explainer, instead of as many as the suite says.")
        Integer seeds;

        @Option(
                names = "--only",
                order = 4,
                paramLabel = "NAME",
                split = ",",
                description = "Studies, data sets, models, explainers or types to run, with commas. Baselines always"
                        + " run.")
        List<String> only;

        @Option(
                names = "--lanes",
                order = 5,
                paramLabel = "N",
                description = "Cells at once; as many as the device has lanes unless given.")
        int lanes;

        @Option(
                names = "--device",
                order = 6,
                paramLabel = "DEVICE",
                description = "Where to compute; the best device unless given.")
        String device;

        @Option(names = "--dry-run", order = 7, description = "Lists what would run, and runs nothing.")
        boolean dryRun;

        @Option(names = "--check", order = 8, description = "Fails if a goal of the suite is missed or a cell fails.")
        boolean check;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public BenchCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        checkNumbers(given);
        Benchmarks benchmarks = services().benchmarks();
        Suite suite = isFile(given.suite)
                ? benchmarks.read(UserPath.resolve(given.suite, console.directory()))
                : benchmarks.suite(given.suite);
        BenchRequest request = new BenchRequest(
                suite,
                directory(given, suite, console.directory()),
                given.seeds == null ? OptionalInt.empty() : OptionalInt.of(given.seeds),
                given.only == null ? List.of() : given.only,
                given.resume,
                given.lanes,
                Optional.ofNullable(given.device));
        if (given.dryRun) {
            printPlan(benchmarks.plan(request), given, console);
            return;
        }
        BenchResult result = work(given, console, suite.name(), monitor -> benchmarks.run(request, monitor));
        if (given.json()) {
            json(result).print(console.out());
        } else {
            new BenchSummary(result, console).print();
        }
        if (given.check || nothingRan(result)) {
            check(result);
        }
    }

    private static void checkNumbers(Given given) {
        if (given.seeds != null && given.seeds < 1) {
            throw new InvalidRequestException("bench: --seeds must be 1 or more, not " + given.seeds);
        }
        if (given.lanes < 0) {
            throw new InvalidRequestException("bench: --lanes must be 0 (all) or more, not " + given.lanes);
        }
    }

    private static boolean isFile(String suite) {
        String name = suite.toLowerCase(Locale.ROOT);
        return Stream.of(".yaml", ".yml", ".json").anyMatch(name::endsWith)
                || suite.contains("/")
                || suite.contains("\\");
    }

    private static Path directory(Given given, Suite suite, Path current) {
        Path directory = UserPath.resolve(given.out == null ? "aitia-bench-" + suite.name() : given.out, current);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new InvalidRequestException(directory + " is a file; --out takes a directory");
        }
        return directory;
    }

    private static void printPlan(List<BenchCell> cells, Given given, Console console) {
        if (given.json()) {
            new Json().put("cells", cells, BenchCommand::json).print(console.out());
            return;
        }
        cells.forEach(cell -> console.println(cell.toString()));
        console.println(Text.count(cells.size()) + " cells");
    }

    private static Json json(BenchCell cell) {
        return new Json()
                .put("study", cell.study())
                .put("dataset", cell.dataset())
                .put("model", cell.model())
                .put("type", cell.type().name().toLowerCase(Locale.ROOT))
                .put("explainer", cell.explainer())
                .put("seed", cell.seed())
                .put("tried", cell.tried())
                .put("tuning", cell.tuning());
    }

    private static Json json(BenchResult result) {
        return new Json()
                .put("suite", result.request().suite().name())
                .put("cells", result.cells())
                .put("reused", result.reused())
                .put("seconds", result.seconds())
                .put("computedSeconds", result.computed())
                .put(
                        "failures",
                        result.failures(),
                        failure -> new Json().put("what", failure.what()).put("reason", failure.reason()))
                .put("goals", result.goals(), BenchCommand::json)
                .put("files", result.files().stream().map(Path::toString).toList());
    }

    private static Json json(Reached reached) {
        return new Json()
                .put("study", reached.study())
                .put("dataset", reached.dataset())
                .put("model", reached.model())
                .put("type", reached.type().name().toLowerCase(Locale.ROOT))
                .put("column", reached.goal().column())
                .put("explainer", reached.explainer().orElse(""))
                .put("value", reached.value())
                .put("bound", reached.bound())
                .put("met", reached.met());
    }

    /** A run of which nothing came is a failure, whether goals matter or not. */
    private static boolean nothingRan(BenchResult result) {
        return !result.failures().isEmpty()
                && result.tables().stream()
                        .flatMap(table -> table.comparison().rows().stream())
                        .noneMatch(row -> row.failure().isEmpty());
    }

    private static void check(BenchResult result) {
        if (nothingRan(result)) {
            BenchResult.Failure first = result.failures().get(0);
            throw new AitiaException("bench: nothing ran; " + first.what() + ": " + first.reason());
        }
        List<Reached> missed =
                result.goals().stream().filter(goal -> !goal.met()).toList();
        if (!missed.isEmpty()) {
            throw new AitiaException("bench: " + missed.size() + " of "
                    + result.goals().size() + " goals missed; " + BenchSummary.describe(missed.get(0)));
        }
        if (!result.failures().isEmpty()) {
            BenchResult.Failure first = result.failures().get(0);
            throw new AitiaException(
                    "bench: " + result.failures().size() + " failed; " + first.what() + ": " + first.reason());
        }
    }
}
