package org.aitia.shell.internal.command;

import java.nio.file.Path;
import java.util.List;
import org.aitia.api.compare.Axis;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Sweep;
import org.aitia.api.compare.SweepRequest;
import org.aitia.api.compare.Sweeps;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.model.StoredModel;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.KeyValue;
import org.aitia.shell.internal.MeasureArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.WorkCommand;
import org.aitia.shell.internal.console.Console;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sweep}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=sweep"})
public final class SweepCommand extends WorkCommand<SweepCommand.Given> {

    @Command(
            name = "sweep",
            header =
                    "Tries options of an explainer: sparsity, fidelity, agreement between seeds and time of each setting.",
            description = {
                "Every combination of the values runs with every seed. Settings that no other beats in all goals are"
                        + " marked."
            },
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  sweep -m shapes -n 400,410 -x gnnexplainer --grid beta1=0.1,1,10 --grid beta2=0.01..10:x10",
                "  sweep -m shapes -n 400..699:30 -x gnnexplainer --grid sparsity=none,l1,l0 --out sparsity.csv"
            })
    static final class Given extends MeasureArguments {
        @Option(
                names = {"-x", "--explainer"},
                required = true,
                order = 2,
                paramLabel = "EXPLAINER",
                description = "Name of an explainer; 'explainer NAME' lists its options.")
        String explainer;

        @Option(
                names = "--grid",
                required = true,
                order = 7,
                paramLabel = "KEY=VALUES",
                description = "Option and the values to try: a list (0.1,1,10), a range (0..1:0.25), factors"
                        + " (0.001..10:x10); may be repeated.")
        List<String> grid;

        @Option(
                names = {"-o", "--option"},
                order = 8,
                paramLabel = "KEY=VALUE",
                description = "Option of the explainer that stays the same; may be repeated.")
        List<KeyValue> options;

        @Option(
                names = "--seeds",
                order = 8,
                paramLabel = "N",
                description = "Runs of each setting, with the seeds --seed, --seed + 1, ...; 3 unless given.")
        int seeds = SweepRequest.DEFAULT_SEEDS;

        @Option(
                names = "--goals",
                order = 9,
                paramLabel = "COLUMN",
                split = ",",
                description = "Columns that count for the best settings, with commas; low fidelity- and high sparsity"
                        + " unless given.")
        List<String> goals;
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public SweepCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    private record Outcome(Sweep sweep, List<Path> files) {}

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        given.check(name());
        List<Axis> axes = given.grid.stream().map(Axis::parse).toList();
        List<Long> seeds = CompareRequest.seeds(given.seed(), given.seeds);
        Sweeps sweeps = services().sweeps();
        TableFiles files = new TableFiles(name(), given.out, services().comparisonWriter(), console.directory());
        Datasets datasets = services().datasets();
        services().explanations().explainer(given.explainer);
        StoredModel model = services().models().find(given.model);
        given.checkFits(model);
        String description = given.explainer + " on " + given.model + ", " + String.join(" ", given.grid);
        Outcome outcome = work(given, console, description, monitor -> {
            SweepRequest request = new SweepRequest(
                    given.subject(given.load(model, datasets, monitor), model, given.measureMemory),
                    given.explainer,
                    KeyValue.map(given.options),
                    axes,
                    seeds,
                    given.metrics(),
                    given.goals == null ? List.of() : given.goals,
                    given.confidence);
            Sweep sweep = sweeps.sweep(request, monitor);
            return new Outcome(sweep, files.write((w, format, out) -> w.write(sweep, format, out)));
        });
        files.print((w, format, out) -> w.write(outcome.sweep(), format, out), given.json(), outcome.files(), console);
    }
}
