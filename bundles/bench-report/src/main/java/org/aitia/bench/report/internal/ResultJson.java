package org.aitia.bench.report.internal;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.compare.PairedTest;
import org.aitia.api.compare.Row;
import org.aitia.api.compare.Score;
import org.aitia.api.compare.Setting;
import org.aitia.api.model.StoredModel;

/**
 * Results as JSON, for programs: everything but the values of single targets and, because they are many, of single runs,
 * which the CSV file has, tests of pairs without the best, and details of points of curves. NaN is {@code null}.
 */
final class ResultJson {
    static final String FILE = "results.json";
    static final int VERSION = 1;

    /** 32-bit values hold no more. */
    private static final MathContext DIGITS = new MathContext(7);

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);

    private final Suite suite;

    private ResultJson(Suite suite) {
        this.suite = suite;
    }

    static String of(BenchResult result) {
        ResultJson document = new ResultJson(result.request().suite());
        try {
            document.write(result);
            document.json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string does not fail
        }
        return document.text + "\n";
    }

    private void write(BenchResult result) throws IOException {
        json.beginObject();
        json.name("format").value("aitia-benchmark").name("version").value(VERSION);
        json.name("suite").value(suite.name()).name("title").value(suite.title());
        json.name("confidence").value(suite.confidence());
        json.name("only");
        strings(result.request().only());
        json.name("started").value(result.started().toString());
        number("seconds", result.seconds());
        number("computed", result.computed());
        json.name("cells").value(result.cells()).name("reused").value(result.reused());
        json.name("device").value(result.device()).name("lanes").value(result.lanes());
        json.name("libraries");
        map(result.libraries());
        line();
        models(result);
        line();
        json.name("tables").beginArray();
        for (BenchResult.Table table : result.tables()) {
            line();
            table(table);
        }
        json.endArray();
        line();
        choices(result);
        line();
        goals(result);
        line();
        json.name("failures").beginArray();
        for (BenchResult.Failure failure : result.failures()) {
            json.beginObject()
                    .name("what")
                    .value(failure.what())
                    .name("reason")
                    .value(failure.reason())
                    .endObject();
        }
        json.endArray();
        json.name("document").value(suite.document());
        json.endObject();
    }

    /** Lines, so that a difference between two files can be read; whitespace means nothing there. */
    private void line() throws IOException {
        json.flush();
        text.write('\n');
    }

    private void table(BenchResult.Table table) throws IOException {
        Comparison comparison = table.comparison();
        Setting setting = comparison.setting();
        json.beginObject();
        json.name("study").value(table.study()).name("dataset").value(table.dataset());
        json.name("model").value(table.model()).name("type").value(lower(table.type()));
        json.name("stored").value(setting.model()).name("modelDigest").value(setting.modelDigest());
        json.name("data").value(setting.dataset());
        json.name("dataOptions");
        map(setting.datasetOptions());
        json.name("dataDigest").value(setting.datasetDigest());
        json.name("targets").beginArray();
        for (int target : setting.targets()) {
            json.value(target);
        }
        json.endArray();
        json.name("seeds").beginArray();
        for (long seed : setting.seeds()) {
            json.value(seed);
        }
        json.endArray();
        json.name("columns").beginArray();
        for (Column column : comparison.columns()) {
            json.beginObject().name("name").value(column.name()).name("title").value(column.title());
            json.name("better").value(lower(column.better())).endObject();
        }
        json.endArray();
        json.name("notes");
        strings(comparison.notes());
        json.name("rows").beginArray();
        for (Row row : comparison.rows()) {
            line();
            row(table, row);
        }
        json.endArray();
        json.endObject();
    }

    private void row(BenchResult.Table table, Row row) throws IOException {
        Comparison comparison = table.comparison();
        json.beginObject();
        json.name("explainer").value(row.label()).name("is").value(row.explainer());
        json.name("role").value(lower(row.role()));
        json.name("options");
        map(row.options());
        if (!row.failure().isEmpty()) {
            json.name("failure").value(row.failure());
        }
        number("trainingSeconds", Cost.learning(comparison, row.label()));
        number("peakMebibytes", Cost.peak(comparison, row.label()));
        json.name("scores").beginObject();
        for (Score score : row.scores()) {
            json.name(score.column());
            score(table, row, score);
        }
        json.endObject();
        json.endObject();
    }

    private void score(BenchResult.Table table, Row row, Score score) throws IOException {
        Comparison comparison = table.comparison();
        json.beginObject();
        estimate(score.overSeeds());
        if (isPoint(table, score)) {
            json.endObject(); // of curves, which are many, the mean tells enough
            return;
        }
        if (score.overTargets().isPresent()) {
            json.name("overTargets").beginObject();
            estimate(score.overTargets().get());
            json.endObject();
        }
        Optional<Ranking> ranking = Ranking.of(comparison, score.column());
        if (ranking.isPresent()) {
            number("rank", ranking.get().rank(row.label()));
            Optional<PairedTest> test = ranking.get().test(row.label());
            if (test.isPresent()) {
                json.name("againstBest").beginObject();
                json.name("test").value(lower(test.get().method()));
                number("p", test.get().p());
                number("adjusted", test.get().adjusted());
                json.endObject();
            }
        }
        if (!score.lifts().isEmpty()) {
            json.name("over").beginObject();
            for (Score.Lift lift : score.lifts()) {
                json.name(lift.baseline()).beginObject();
                estimate(lift.difference());
                json.name("basis").value(lower(lift.basis())).endObject();
            }
            json.endObject();
        }
        if (!score.reason().isEmpty()) {
            json.name("reason").value(score.reason());
        }
        json.endObject();
    }

    private boolean isPoint(BenchResult.Table table, Score score) {
        return suite.studies().stream()
                .filter(study -> study.label().equals(table.study()))
                .anyMatch(study -> Columns.find(table.comparison(), score.column())
                        .flatMap(column -> Columns.fraction(study, column))
                        .isPresent());
    }

    private void estimate(Estimate estimate) throws IOException {
        number("mean", estimate.mean());
        if (estimate.hasInterval()) {
            number("deviation", estimate.deviation());
            number("low", estimate.low());
            number("high", estimate.high());
        }
        json.name("count").value(estimate.count());
    }

    private void models(BenchResult result) throws IOException {
        json.name("models").beginArray();
        for (BenchResult.Trained trained : result.models()) {
            StoredModel model = trained.stored();
            line();
            json.beginObject();
            json.name("dataset").value(trained.dataset()).name("model").value(trained.model());
            json.name("stored").value(model.name());
            json.name("architecture").value(model.info().architecture());
            json.name("options");
            map(model.info().options());
            json.name("training");
            map(model.trainingOptions());
            json.name("seed").value(model.seed());
            json.name("digest").value(model.weightsDigest());
            json.name("metrics").beginObject();
            for (Map.Entry<String, Double> metric : model.metrics().entrySet()) {
                number(metric.getKey(), metric.getValue());
            }
            json.endObject().endObject();
        }
        json.endArray();
    }

    private void choices(BenchResult result) throws IOException {
        json.name("choices").beginArray();
        for (BenchResult.Choice choice : result.choices()) {
            line();
            json.beginObject();
            json.name("study").value(choice.study()).name("dataset").value(choice.dataset());
            json.name("model").value(choice.model()).name("type").value(lower(choice.type()));
            json.name("explainer").value(choice.explainer()).name("column").value(choice.column());
            json.name("chosen").value(choice.chosen());
            json.name("trials").beginArray();
            for (BenchResult.Trial trial : choice.trials()) {
                json.beginObject();
                json.name("options");
                map(trial.options());
                estimate(trial.score());
                if (!trial.failure().isEmpty()) {
                    json.name("failure").value(trial.failure());
                }
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private void goals(BenchResult result) throws IOException {
        json.name("goals").beginArray();
        for (BenchResult.Reached reached : result.goals()) {
            line();
            json.beginObject();
            json.name("study").value(reached.study()).name("dataset").value(reached.dataset());
            json.name("model").value(reached.model()).name("type").value(lower(reached.type()));
            json.name("explainers");
            strings(reached.goal().explainers());
            json.name("column").value(reached.goal().column());
            json.name("best").value(reached.explainer().orElse(null));
            number("value", reached.value());
            number("bound", reached.bound());
            json.name("met").value(reached.met());
            json.name("source").value(reached.goal().source()).endObject();
        }
        json.endArray();
    }

    private void number(String name, double value) throws IOException {
        json.name(name);
        if (Double.isFinite(value)) {
            BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
            json.jsonValue(
                    rounded.scale() < 0 && rounded.precision() - rounded.scale() < 12
                            ? rounded.toPlainString()
                            : rounded.toString());
        } else {
            json.nullValue();
        }
    }

    private void strings(List<String> values) throws IOException {
        json.beginArray();
        for (String value : values) {
            json.value(value);
        }
        json.endArray();
    }

    private void map(Map<String, String> values) throws IOException {
        json.beginObject();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
