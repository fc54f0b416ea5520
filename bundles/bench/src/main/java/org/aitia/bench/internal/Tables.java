package org.aitia.bench.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchResult.Choice;
import org.aitia.api.bench.BenchResult.Example;
import org.aitia.api.bench.BenchResult.Trial;
import org.aitia.api.bench.Suite;
import org.aitia.api.bench.Suite.Contender;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Comparisons;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Setting;
import org.aitia.api.metric.MetricInfo.Better;
import org.aitia.api.model.StoredModel;

/** Makes tables and choices of the outcomes of cells. */
final class Tables {
    private final Comparisons comparisons;
    private final Suite suite;
    private final Map<String, Prepared> data;
    private final BiFunction<String, String, Optional<StoredModel>> models;
    private final Map<BenchCell, Outcome> outcomes;

    /**
     * Creates it.
     *
     * @param comparisons joins cells
     * @param suite what was run
     * @param data by label; without those that are not there
     * @param models by labels of data set and model; empty if it could not be trained
     * @param outcomes by cell
     */
    Tables(
            Comparisons comparisons,
            Suite suite,
            Map<String, Prepared> data,
            BiFunction<String, String, Optional<StoredModel>> models,
            Map<BenchCell, Outcome> outcomes) {
        this.comparisons = comparisons;
        this.suite = suite;
        this.data = data;
        this.models = models;
        this.outcomes = outcomes;
    }

    BenchResult.Table table(Plan.Table table) {
        List<Comparison> parts = new ArrayList<>();
        List<Example> examples = new ArrayList<>();
        Setting common = setting(table, false);
        for (Plan.Row row : table.rows()) {
            for (BenchCell cell : row.runs()) {
                parts.add(part(table, row.contender(), cell, common));
                outcomes.get(cell).example().ifPresent(file -> examples.add(new Example(cell.explainer(), file)));
            }
        }
        Comparison joined = comparisons.join(parts, table.study().baselines(), suite.confidence());
        return new BenchResult.Table(
                table.study().label(), table.dataset(), table.model(), table.type(), joined, examples);
    }

    private Comparison part(Plan.Table table, Contender contender, BenchCell cell, Setting common) {
        Outcome outcome = outcomes.get(cell);
        return outcome.comparison()
                .map(comparison -> Parts.labelled(comparison, cell.explainer()))
                .orElseGet(() -> Parts.failed(
                        common,
                        cell.explainer(),
                        contender.explainer(),
                        contender.options(table.dataset(), table.model()),
                        cell.seed(),
                        outcome.failure()));
    }

    /** What runs of a table have in common, also where all of them failed. */
    private Setting setting(Plan.Table table, boolean tried) {
        Optional<Prepared> prepared = Optional.ofNullable(data.get(table.dataset()));
        Optional<StoredModel> model = models.apply(table.dataset(), table.model());
        return new Setting(
                model.map(StoredModel::name).orElse(table.model()),
                suite.model(table.model()).recipe(table.dataset()).architecture(),
                model.map(StoredModel::weightsDigest).orElse(""),
                prepared.map(Prepared::task).orElse(org.aitia.api.Task.NODE),
                suite.dataset(table.dataset()).dataset(),
                prepared.map(Prepared::options)
                        .orElse(suite.dataset(table.dataset()).options()),
                prepared.map(Prepared::digest).orElse(""),
                table.type(),
                prepared.map(some -> tried ? some.validation() : some.targets()).orElse(List.of()),
                List.of(),
                suite.confidence(),
                "",
                Map.of(),
                Instant.now());
    }

    /** How settings of a row were chosen: the best mean over seeds wins, of equal ones the earlier. */
    Choice choice(Plan.Table table, Plan.Row row) {
        String column = table.study().rankBy();
        Setting common = setting(table, true);
        List<Trial> trials = new ArrayList<>();
        int chosen = -1;
        double best = Double.NEGATIVE_INFINITY;
        for (List<BenchCell> cells : row.trials()) {
            List<Comparison> parts = cells.stream()
                    .map(cell -> part(table, row.contender(), cell, common))
                    .toList();
            Comparison joined = comparisons.join(parts, List.of(), suite.confidence());
            Row tried = joined.row(row.contender().label());
            Optional<Score> score = tried.scores().stream()
                    .filter(candidate -> candidate.column().equals(column))
                    .findFirst();
            Estimate estimate = score.map(Score::overSeeds).orElse(Estimate.NONE);
            // a mean over fewer seeds than others have is no match for theirs
            boolean whole = estimate.count() == cells.size();
            String failure = whole
                    ? ""
                    : tried.failure().isEmpty()
                            ? score.map(Score::reason).orElse("it was not measured")
                            : tried.failure();
            double value = joined.columns().stream()
                            .anyMatch(
                                    candidate -> candidate.name().equals(column) && candidate.better() == Better.LOWER)
                    ? -estimate.mean()
                    : estimate.mean();
            if (whole && value > best) {
                best = value;
                chosen = trials.size();
            }
            trials.add(new Trial(cells.get(0).tuning(), estimate, failure));
        }
        return new Choice(
                table.study().label(),
                table.dataset(),
                table.model(),
                table.type(),
                row.contender().label(),
                column,
                trials,
                chosen);
    }
}
