package org.aitia.bench.report.internal;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.aitia.api.Task;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Setting;
import org.aitia.api.explain.Cost;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.Explanations;
import org.aitia.api.metric.MetricInfo.Better;
import org.aitia.api.metric.Metrics;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.StoredModel;
import org.aitia.comparison.internal.ComparisonService;

/** Results of suites that nobody ran: made-up values, joined and tested by the real comparison. */
final class Samples {
    static final Column AUC =
            new Column("roc-auc", "roc-auc", Map.of(), "ROC-AUC", "Area under the curve.", Better.HIGHER);
    static final Column MEAN_AUC =
            new Column("roc-auc-mean", "roc-auc-mean", Map.of(), "mean ROC-AUC", "Per target.", Better.HIGHER);
    static final Column UNFAITHFULNESS =
            new Column("unfaithfulness", "unfaithfulness", Map.of(), "unfaithfulness", "Not faithful.", Better.LOWER);
    private static final Column SECONDS =
            new Column(Column.SECONDS, Column.SECONDS, Map.of(), "s/target", "Seconds.", Better.LOWER);
    private static final Column CALLS =
            new Column(Column.CALLS, Column.CALLS, Map.of(), "calls/target", "Calls.", Better.LOWER);

    private static final long MEBI = 1 << 20;

    private Samples() {}

    /** What fails in a cell, and why. */
    interface Failing {
        String reason(String dataset, String model, String explainer, long seed);
    }

    static Suite.Data data(String label, String title) {
        return new Suite.Data(
                label, title, label + "-original", Map.of(), "400..699:5", Optional.of("300..399:5"), List.of());
    }

    static Suite.Model model(String label, String title, String normalization) {
        return new Suite.Model(
                label,
                title,
                "Three layers of 20.",
                new Suite.Recipe("gcn", Map.of("normalization", normalization, "epochs", "1000"), 0),
                Map.of(
                        "ba-2motifs",
                        new Suite.Recipe("gcn", Map.of("normalization", normalization, "epochs", "500"), 3)));
    }

    static Suite.Contender explainer(String label, String title, String name, Map<String, String> options) {
        return new Suite.Contender(label, title, name, options, OptionalInt.empty(), Optional.empty(), Map.of());
    }

    static Suite.Study study(
            String label,
            String title,
            List<String> datasets,
            List<String> models,
            List<ExplanationType> types,
            List<String> explainers,
            List<String> baselines,
            int seeds,
            boolean curves) {
        Metrics.Selection plus = new Metrics.Selection("fidelity-plus", Map.of("elements", "edges"));
        Metrics.Selection minus = new Metrics.Selection("fidelity-minus", Map.of("elements", "edges"));
        return new Suite.Study(
                label,
                title,
                "",
                datasets,
                models,
                types,
                explainers,
                baselines,
                List.of(
                        new Metrics.Selection("roc-auc", Map.of()),
                        new Metrics.Selection("roc-auc-mean", Map.of()),
                        new Metrics.Selection("unfaithfulness", Map.of())),
                "roc-auc",
                seeds,
                curves
                        ? Optional.of(new Suite.Curves(List.of(plus, minus), List.of(0.05, 0.1, 0.2, 0.4), 1))
                        : Optional.empty(),
                List.of());
    }

    static Suite suite(
            List<Suite.Data> datasets,
            List<Suite.Model> models,
            List<Suite.Contender> explainers,
            List<Suite.Study> studies) {
        return new Suite(
                "papers",
                "Ground truth of the papers",
                "Six data sets whose truth is known by construction, and who finds it.",
                0.95,
                datasets,
                models,
                explainers,
                studies,
                "title: Ground truth of the papers\n# a < b & c\n");
    }

    /** All tables of a suite. */
    static List<BenchResult.Table> tables(Suite suite, int targets, Failing failing) {
        List<BenchResult.Table> tables = new ArrayList<>();
        for (Suite.Study study : suite.studies()) {
            for (String dataset : study.datasets()) {
                for (String model : study.models()) {
                    for (ExplanationType type : study.types()) {
                        tables.add(new BenchResult.Table(
                                study.label(),
                                dataset,
                                model,
                                type,
                                comparison(suite, study, dataset, model, type, targets, failing),
                                List.of()));
                    }
                }
            }
        }
        return tables;
    }

    private static Comparison comparison(
            Suite suite,
            Suite.Study study,
            String dataset,
            String model,
            ExplanationType type,
            int targets,
            Failing failing) {
        List<Comparison> parts = new ArrayList<>();
        for (String label : study.explainers()) {
            Suite.Contender contender = suite.explainer(label);
            List<Cell> cells = LongStream.range(0, contender.seeds().orElse(study.seeds()))
                    .mapToObj(seed -> cell(suite, study, dataset, model, type, label, seed, targets, failing))
                    .toList();
            String failure = cells.stream().allMatch(cell -> !cell.failure().isEmpty())
                    ? cells.get(0).failure()
                    : "";
            parts.add(new Comparison(
                    setting(dataset, model, type, targets, study.seeds()),
                    columns(study),
                    List.of(new Row(
                            label,
                            contender.explainer(),
                            contender.options(dataset, model),
                            Row.Role.CONTESTANT,
                            List.of(),
                            failure)),
                    List.of(),
                    List.of(),
                    cells,
                    List.of(),
                    1));
        }
        return comparisons().join(parts, study.baselines(), suite.confidence());
    }

    private static Comparisons comparisons() {
        return new ComparisonService(nobody(Explanations.class), nobody(Metrics.class));
    }

    /** What is joined has been measured already. */
    private static <S> S nobody(Class<S> service) {
        return service.cast(Proxy.newProxyInstance(
                Samples.class.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    throw new AssertionError("nobody asks " + service.getSimpleName() + " for " + method.getName());
                }));
    }

    private static List<Column> columns(Suite.Study study) {
        List<Column> columns = new ArrayList<>(List.of(AUC, MEAN_AUC, UNFAITHFULNESS));
        study.curves()
                .ifPresent(curves -> curves.metrics()
                        .forEach(metric ->
                                curves.fractions().forEach(fraction -> columns.add(point(metric.metric(), fraction)))));
        columns.addAll(List.of(SECONDS, CALLS));
        return columns;
    }

    private static Column point(String metric, double fraction) {
        Map<String, String> options = Map.of("elements", "edges", "threshold", "fraction:" + fraction);
        return new Column(
                metric + "[elements=edges,threshold=fraction:" + fraction + "]",
                metric,
                options,
                (metric.endsWith("plus") ? "fidelity+" : "fidelity-") + " [edges,threshold=fraction:" + fraction + "]",
                "What is lost.",
                metric.endsWith("plus") ? Better.HIGHER : Better.LOWER);
    }

    private static Cell cell(
            Suite suite,
            Suite.Study study,
            String dataset,
            String model,
            ExplanationType type,
            String explainer,
            long seed,
            int targets,
            Failing failing) {
        String reason = failing.reason(dataset, model, explainer, seed);
        List<Integer> explained = targets(targets);
        if (!reason.isEmpty()) {
            return new Cell(explainer, seed, explained, 0, Cost.UNKNOWN, List.of(), reason);
        }
        int rank = suite.explainers().indexOf(suite.explainer(explainer));
        Random random = new Random((dataset + model + type + explainer).hashCode() * 31L + seed);
        double hard = 0.03 * Math.abs(dataset.hashCode() % 5) + (model.equals("normalised") ? 0.1 : 0);
        double quality = Math.max(0.5, 0.995 - hard - 0.03 * rank);
        double spread = 0.002 + 0.004 * rank;
        double[] perTarget = IntStream.range(0, targets)
                .mapToDouble(i -> Math.min(1, Math.max(0, quality + 0.05 * random.nextGaussian())))
                .toArray();
        double auc = Math.min(1, quality + spread * random.nextGaussian());
        List<Cell.Value> values = new ArrayList<>(List.of(
                new Cell.Value(AUC.name(), auc, perTarget, ""),
                new Cell.Value(MEAN_AUC.name(), mean(perTarget), perTarget, ""),
                new Cell.Value(UNFAITHFULNESS.name(), 1.2 - quality, perTarget, "")));
        if (seed == 0) {
            study.curves()
                    .ifPresent(curves -> curves.metrics()
                            .forEach(metric -> curves.fractions().forEach(fraction -> {
                                double kept = metric.metric().endsWith("plus")
                                        ? quality * Math.sqrt(fraction)
                                        : (1 - quality) * (1 - fraction);
                                values.add(new Cell.Value(
                                        point(metric.metric(), fraction).name(),
                                        kept,
                                        IntStream.range(0, targets)
                                                .mapToDouble(i -> kept)
                                                .toArray(),
                                        ""));
                            })));
        }
        double seconds = 2e-4 * Math.pow(1.9, rank) * (1 + 0.1 * random.nextDouble());
        values.add(new Cell.Value(SECONDS.name(), seconds, new double[0], ""));
        values.add(new Cell.Value(CALLS.name(), 3 * (rank + 1), new double[0], ""));
        double learning = explainer.startsWith("pg") ? 2.5 : 0;
        long peak = seed == 0 ? (20 + rank) * MEBI : 0;
        return new Cell(
                explainer,
                seed,
                explained,
                seconds * targets,
                new Cost(100, 10, learning > 0 ? 500 : 0, learning, peak),
                values,
                "");
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static List<Integer> targets(int count) {
        return IntStream.range(0, count).map(i -> 400 + 5 * i).boxed().toList();
    }

    private static Setting setting(String dataset, String model, ExplanationType type, int targets, int seeds) {
        return new Setting(
                "papers-" + dataset + "-" + model,
                "gcn",
                "sha256:00112233445566778899",
                Task.NODE,
                dataset + "-original",
                Map.of(),
                "sha256:ffeeddccbbaa99887766",
                type,
                targets(targets),
                LongStream.range(0, seeds).boxed().toList(),
                0.95,
                "cpu",
                Map.of("aitia", "0.1"),
                Instant.parse("2026-11-21T10:15:30Z"));
    }

    static BenchResult.Trained trained(String dataset, String model) {
        return new BenchResult.Trained(
                dataset,
                model,
                new StoredModel(
                        "papers-" + dataset + "-" + model,
                        new ModelInfo(
                                "gcn",
                                new ModelShape(Task.NODE, 10, 4),
                                Map.of("hidden", "20"),
                                3,
                                EdgeMaskSupport.MESSAGE,
                                List.of()),
                        dataset,
                        Map.of(),
                        "sha256:ffee",
                        Map.of("epochs", "1000"),
                        0,
                        Map.of("trainAccuracy", 0.98, "valAccuracy", 0.97, "testAccuracy", 0.957, "seconds", 12.3),
                        "sha256:0123456789abcdef0123",
                        Instant.EPOCH,
                        Map.of()));
    }

    static BenchResult result(
            Suite suite,
            List<BenchResult.Table> tables,
            List<BenchResult.Choice> choices,
            List<BenchResult.Reached> goals,
            List<BenchResult.Failure> failures) {
        List<BenchResult.Trained> models = tables.stream()
                .map(table -> List.of(table.dataset(), table.model()))
                .distinct()
                .map(pair -> trained(pair.get(0), pair.get(1)))
                .toList();
        return new BenchResult(
                BenchRequest.of(suite, Path.of("out")),
                tables,
                models,
                choices,
                goals,
                failures,
                tables.stream()
                        .mapToInt(table -> table.comparison().cells().size())
                        .sum(),
                0,
                3725,
                7100,
                Instant.parse("2026-11-21T10:15:30Z"),
                "cpu",
                2,
                Map.of("aitia", "0.1.0", "java", "17"),
                List.of());
    }

    static BenchResult.Choice choice(String study, String dataset, String explainer) {
        return new BenchResult.Choice(
                study,
                dataset,
                "paper",
                ExplanationType.PHENOMENON,
                explainer,
                "roc-auc",
                List.of(
                        new BenchResult.Trial(Map.of(), new Estimate(0.91, 0.01, 0.9, 0.92, 2), ""),
                        new BenchResult.Trial(Map.of("lr", "0.003"), new Estimate(0.97, 0.01, 0.96, 0.98, 2), ""),
                        new BenchResult.Trial(Map.of("lr", "0.1"), Estimate.NONE, "the loss became NaN")),
                1);
    }

    /** The goals of a study's first model and type: the first explainer reaches 0.9, or random by 0.05. */
    static List<BenchResult.Reached> goals(Suite suite, List<BenchResult.Table> tables, String study) {
        List<BenchResult.Reached> goals = new ArrayList<>();
        List<String> labels = suite.studies().get(0).explainers();
        for (String explainer : labels.subList(0, Math.min(3, labels.size()))) {
            for (BenchResult.Table table : tables) {
                if (table.study().equals(study) && table.type() == ExplanationType.PHENOMENON) {
                    Suite.Goal goal = new Suite.Goal(
                            List.of(explainer),
                            List.of(table.dataset()),
                            List.of(table.model()),
                            List.of(table.type()),
                            false,
                            "roc-auc",
                            Optional.of(0.9),
                            Optional.empty(),
                            0,
                            "Luo et al. 2020, table 2");
                    double value = Columns.mean(table.comparison(), explainer, "roc-auc");
                    goals.add(new BenchResult.Reached(
                            study,
                            goal,
                            table.dataset(),
                            table.model(),
                            table.type(),
                            Double.isNaN(value) ? Optional.empty() : Optional.of(explainer),
                            value,
                            0.9,
                            value >= 0.9));
                }
            }
        }
        return goals;
    }

    /** Two data sets, two models, both types, three explainers; names that look like markup. */
    static BenchResult small() {
        return small((dataset, model, explainer, seed) -> "");
    }

    static BenchResult small(Failing failing) {
        Suite suite = suite(
                List.of(data("ba", "BA <i>Shapes</i>"), data("tree", "Tree|Cycles")),
                List.of(model("paper", "the *paper*", "none"), model("normalised", "normalised", "symmetric")),
                List.of(
                        explainer("pg", "PG & co", "pgexplainer", Map.of("lr", "0.003")),
                        explainer("pg-other", "PG <b>other</b>", "pgexplainer", Map.of("lr", "0.1")),
                        explainer("random", "random", "random", Map.of())),
                List.of(study(
                        "leaderboard",
                        "Leader | board",
                        List.of("ba", "tree"),
                        List.of("paper", "normalised"),
                        List.of(ExplanationType.PHENOMENON, ExplanationType.MODEL),
                        List.of("pg", "pg-other", "random"),
                        List.of("random"),
                        4,
                        true)));
        List<BenchResult.Table> tables = tables(suite, 12, failing);
        return result(
                suite,
                tables,
                List.of(choice("leaderboard", "ba", "pg"), choice("leaderboard", "tree", "pg")),
                goals(suite, tables, "leaderboard"),
                failures(tables));
    }

    private static List<BenchResult.Failure> failures(List<BenchResult.Table> tables) {
        List<BenchResult.Failure> failures = new ArrayList<>();
        tables.forEach(table -> table.comparison().cells().stream()
                .filter(cell -> !cell.failure().isEmpty())
                .forEach(cell -> failures.add(new BenchResult.Failure(
                        table.study() + ", " + table.dataset() + ", " + table.model() + ", " + cell.row() + ", seed "
                                + cell.seed(),
                        cell.failure()))));
        return failures;
    }

    /** As large as the suite of the papers. */
    static BenchResult papers() {
        List<Suite.Data> datasets = List.of(
                data("ba-shapes", "BA-Shapes"),
                data("ba-community", "BA-Community"),
                data("tree-cycles", "Tree-Cycles"),
                data("tree-grid", "Tree-Grid"),
                data("ba-2motifs", "BA-2motifs"),
                data("mutag", "MUTAG"));
        List<Suite.Model> models = List.of(
                model("paper", "GCN of the papers", "none"), model("normalised", "normalised GCN", "symmetric"));
        List<String> names = List.of(
                "pgexplainer-tuned",
                "pgexplainer",
                "pgexplainer-replication",
                "gnnexplainer-tuned",
                "gnnexplainer",
                "gnnexplainer-authors",
                "saliency",
                "input-x-gradient",
                "integrated-gradients",
                "guided-backprop",
                "grad-cam",
                "attention",
                "occlusion",
                "distance",
                "degree",
                "random");
        List<Suite.Contender> explainers = new ArrayList<>();
        for (String name : names) {
            explainers.add(explainer(
                    name,
                    Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' '),
                    name.replaceAll("-.*", ""),
                    name.contains("-") ? Map.of("epochs", "30", "lr", "0.0" + name.length()) : Map.of()));
        }
        explainers.add(explainer("gnn-size", "larger size term", "gnnexplainer", Map.of("edgeSize", "0.05")));
        List<String> all = datasets.stream().map(Suite.Data::label).toList();
        List<ExplanationType> types = List.of(ExplanationType.PHENOMENON, ExplanationType.MODEL);
        Suite suite = suite(
                datasets,
                models,
                explainers,
                List.of(
                        study(
                                "leaderboard",
                                "Leaderboard",
                                all,
                                List.of("paper", "normalised"),
                                types,
                                names,
                                List.of("random", "degree"),
                                10,
                                true),
                        study(
                                "ablation",
                                "Why the published numbers differ",
                                all.subList(0, 3),
                                List.of("paper", "normalised"),
                                types,
                                List.of(
                                        "gnnexplainer",
                                        "gnn-size",
                                        "gnnexplainer-authors",
                                        "pgexplainer",
                                        "pgexplainer-tuned",
                                        "random"),
                                List.of("random"),
                                5,
                                false),
                        study(
                                "single",
                                "One data set",
                                List.of("ba-shapes"),
                                List.of("paper"),
                                List.of(ExplanationType.MODEL),
                                List.of("gnnexplainer", "saliency", "random"),
                                List.of("random"),
                                3,
                                true)));
        List<BenchResult.Table> tables = tables(
                suite,
                30,
                (dataset, model, explainer, seed) -> explainer.equals("attention")
                        ? "model 'papers-" + dataset + "' has no attention: explain a GAT"
                        : explainer.equals("grad-cam") && dataset.equals("mutag") && seed == 3 ? "out of memory" : "");
        List<BenchResult.Choice> choices = all.stream()
                .map(dataset -> choice("leaderboard", dataset, "pgexplainer-tuned"))
                .toList();
        return result(suite, tables, choices, goals(suite, tables, "leaderboard"), failures(tables));
    }
}
