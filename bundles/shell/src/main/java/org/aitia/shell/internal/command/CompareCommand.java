package org.aitia.shell.internal.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.compare.CompareRequest;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.compare.Contestant;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.Explanations;
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

/** {@code compare}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=compare"})
public final class CompareCommand extends WorkCommand<CompareCommand.Given> {

    @Command(
            name = "compare",
            header = "Compares explainers on the same predictions: scores with intervals, lift over baselines, tests.",
            description = {
                "Every explainer explains the targets with every seed; metrics judge what it finds. The same explainer"
                        + " can run under several labels with other options."
            },
            sortOptions = false,
            footer = {
                "",
                "Examples:",
                "  compare -m shapes -n 400..699:5 -x gnnexplainer,pgexplainer,ig",
                "  compare -m shapes -n 400,410 -x soft=gnnexplainer,l1=gnnexplainer -o l1.sparsity=l1 --seeds 3",
                "  compare -m shapes -n 400..699:5 -x ig,saliency -M roc-auc -M fidelity-plus:removal=hard --out t.csv"
            })
    static final class Given extends MeasureArguments {
        @Option(
                names = {"-x", "--explainers"},
                required = true,
                order = 2,
                paramLabel = "EXPLAINER",
                split = ",",
                description = "Explainers with commas, each as NAME or LABEL=NAME.")
        List<String> explainers;

        @Option(
                names = {"-o", "--option"},
                order = 8,
                paramLabel = "LABEL.KEY=VALUE",
                description = "Option of one of the explainers, by its label or name; may be repeated.")
        List<KeyValue> options;

        @Option(
                names = "--trained",
                order = 8,
                paramLabel = "LABEL=TRAINED",
                split = ",",
                description = "Trained explainer that one of the explainers uses.")
        List<KeyValue> trained;

        @Option(
                names = "--seeds",
                order = 8,
                paramLabel = "N",
                description = "Runs of each explainer, with the seeds --seed, --seed + 1, ...; 5 unless given.")
        int seeds = CompareRequest.DEFAULT_SEEDS;

        @Option(
                names = "--baselines",
                order = 8,
                paramLabel = "EXPLAINER",
                split = ",",
                description = "What scores are compared with, with commas; random unless given.")
        List<String> baselines;

        @Option(
                names = "--randomised",
                order = 9,
                description = "Also explains the model with random weights: masks that stay the same say nothing of the"
                        + " model.")
        boolean randomised;

        List<Contestant> contestants() {
            Map<String, String> names = new LinkedHashMap<>();
            for (String explainer : explainers) {
                int equals = explainer.indexOf('=');
                String name = explainer.substring(equals + 1).strip();
                String label =
                        equals < 0 ? name : explainer.substring(0, equals).strip();
                if (names.putIfAbsent(label, name) != null) {
                    throw new InvalidRequestException("compare: there are two explainers '" + label
                            + "'; give them labels of their own, for example a=" + name + ",b=" + name);
                }
            }
            Map<String, Map<String, String>> chosen = new LinkedHashMap<>();
            names.keySet().forEach(label -> chosen.put(label, new LinkedHashMap<>()));
            for (KeyValue option : options == null ? List.<KeyValue>of() : options) {
                int dot = option.key().indexOf('.');
                String label = dot < 0 ? "" : option.key().substring(0, dot);
                KeyValue.put(of(chosen, label, option.key()), option.key().substring(dot + 1), option.value());
            }
            Map<String, String> learnt = KeyValue.map(trained);
            learnt.keySet().forEach(label -> of(chosen, label, label));
            List<Contestant> contestants = new ArrayList<>();
            names.forEach((label, name) -> contestants.add(
                    new Contestant(label, name, chosen.get(label), Optional.ofNullable(learnt.get(label)))));
            return contestants;
        }

        private static <V> V of(Map<String, V> byLabel, String label, String text) {
            V value = byLabel.get(label);
            if (value == null) {
                throw new InvalidRequestException(
                        "compare: '" + text + "' belongs to no explainer; begin it with one of "
                                + byLabel.keySet().stream().map(l -> l + ".").collect(Collectors.joining(", ")));
            }
            return value;
        }
    }

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public CompareCommand(@Reference Services services) {
        super(services, Group.EXPLANATIONS, Given::new);
    }

    private record Outcome(Comparison comparison, List<Path> files) {}

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        given.check(name());
        List<Contestant> contestants = given.contestants();
        List<Long> seeds = CompareRequest.seeds(given.seed(), given.seeds);
        Comparisons comparisons = services().comparisons();
        TableFiles files = new TableFiles(name(), given.out, services().comparisonWriter(), console.directory());
        Datasets datasets = services().datasets();
        Explanations explanations = services().explanations();
        StoredModel model = services().models().find(given.model);
        given.checkFits(model);
        contestants.forEach(contestant -> explanations.explainer(contestant.explainer()));
        String description = given.explainers + " on " + given.model + ", " + given.choiceText();
        Outcome outcome = work(given, console, description, monitor -> {
            CompareRequest request = new CompareRequest(
                    given.subject(given.load(model, datasets, monitor), model, given.measureMemory),
                    contestants,
                    given.metrics(),
                    seeds,
                    given.baselines == null ? List.of(CompareRequest.DEFAULT_BASELINE) : given.baselines,
                    given.randomised,
                    given.confidence);
            Comparison comparison = comparisons.compare(request, monitor);
            return new Outcome(comparison, files.write((w, format, out) -> w.write(comparison, format, out)));
        });
        files.print(
                (w, format, out) -> w.write(outcome.comparison(), format, out), given.json(), outcome.files(), console);
    }
}
