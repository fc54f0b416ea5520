package org.aitia.bench.report.internal;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.model.StoredModel;

/** Models, data and where all of it comes from. */
final class Background {
    private static final int DIGEST = 12;

    private final BenchResult result;
    private final Names names;

    Background(BenchResult result, Names names) {
        this.result = result;
        this.names = names;
    }

    private Suite suite() {
        return result.request().suite();
    }

    Sheet models() {
        Sheet sheet = new Sheet().heading(2, "Models");
        Grid grid = new Grid(
                2, List.of("data set", "model", "train", "validation", "test", "epochs", "time", "seed", "weights"));
        for (BenchResult.Trained trained : result.models()) {
            StoredModel model = trained.stored();
            Map<String, Double> metrics = model.metrics();
            grid.add(
                    Sheet.escape(names.dataset(trained.dataset())),
                    Sheet.escape(names.model(trained.model())),
                    accuracy(metrics, "trainAccuracy"),
                    accuracy(metrics, "valAccuracy"),
                    accuracy(metrics, "testAccuracy"),
                    Digits.number(metrics.getOrDefault("epochs", Double.NaN)),
                    Digits.seconds(metrics.getOrDefault("seconds", Double.NaN)),
                    Long.toString(model.seed()),
                    Sheet.code(digest(model.weightsDigest())));
        }
        if (grid.isEmpty()) {
            return sheet.paragraph("No model was trained.");
        }
        sheet.paragraph(
                "Accuracies of the explained models; weights are identified by the beginning of their SHA-256.");
        sheet.table(grid.withoutEmptyColumns());
        return sheet.bullets(recipes());
    }

    private static String accuracy(Map<String, Double> metrics, String name) {
        return metrics.containsKey(name) ? Digits.rounded(metrics.get(name), 3) : Digits.MISSING;
    }

    private List<String> recipes() {
        List<String> recipes = new ArrayList<>();
        for (Suite.Model model : suite().models()) {
            if (result.models().stream().noneMatch(trained -> trained.model().equals(model.label()))) {
                continue;
            }
            StringBuilder line = new StringBuilder(Sheet.bold(Sheet.escape(names.model(model.label()))))
                    .append(": ")
                    .append(recipe(model.recipe()));
            model.exceptions().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> line.append("; on ")
                            .append(Sheet.escape(names.dataset(entry.getKey())))
                            .append(' ')
                            .append(difference(model.recipe(), entry.getValue())));
            recipes.add(line.append(". ")
                    .append(Words.sentence(model.text()))
                    .toString()
                    .strip());
        }
        return recipes;
    }

    private static String recipe(Suite.Recipe recipe) {
        return Sheet.code((recipe.architecture() + " " + Names.options(recipe.options())).strip()) + ", seed "
                + recipe.seed();
    }

    private static String difference(Suite.Recipe all, Suite.Recipe one) {
        Map<String, String> changed = one.options().entrySet().stream()
                .filter(option -> !option.getValue().equals(all.options().get(option.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        String options = Names.options(changed);
        String architecture = one.architecture().equals(all.architecture()) ? "" : one.architecture() + " ";
        String text = (architecture + options).strip();
        return (text.isEmpty() ? "" : Sheet.code(text) + ", ") + "seed " + one.seed();
    }

    Sheet datasets() {
        Sheet sheet = new Sheet().heading(2, "Data");
        Grid grid = new Grid(4, List.of("data set", "is", "explained", "chosen on", "targets", "digest"));
        for (Suite.Data data : suite().datasets()) {
            List<BenchResult.Table> tables = result.tables().stream()
                    .filter(table -> table.dataset().equals(data.label()))
                    .toList();
            if (tables.isEmpty()) {
                continue;
            }
            var setting = tables.get(0).comparison().setting();
            grid.add(
                    Sheet.escape(names.dataset(data.label())),
                    Sheet.code((data.dataset() + " " + Names.options(data.options())).strip()),
                    Sheet.code(data.targets()),
                    data.validation().map(Sheet::code).orElse(""),
                    Integer.toString(setting.targets().size()),
                    Sheet.code(digest(setting.datasetDigest())));
        }
        return grid.isEmpty() ? new Sheet() : sheet.table(grid.withoutEmptyColumns());
    }

    private static String digest(String digest) {
        String hexadecimal = digest.substring(digest.indexOf(':') + 1);
        return hexadecimal.substring(0, Math.min(DIGEST, hexadecimal.length()));
    }

    Sheet provenance(String suiteFile) {
        Sheet sheet = new Sheet().heading(2, "How to make it again");
        sheet.fenced("sh", command(suite().name()));
        sheet.paragraph("The same request gives the same numbers but for times and memory. The suite as it was run is "
                + Sheet.link(Sheet.code(suiteFile), suiteFile) + "; of a changed or a user's own suite "
                + Sheet.code(command(suiteFile)) + " is the command. All values: "
                + Sheet.link(Sheet.code(ResultCsv.RUNS), ResultCsv.RUNS) + " (every run and column), "
                + Sheet.link(Sheet.code(ResultCsv.SUMMARY), ResultCsv.SUMMARY)
                + " (means, intervals, differences, tests), "
                + Sheet.link(Sheet.code(ResultJson.FILE), ResultJson.FILE) + " (all but single targets).");
        Grid grid = new Grid(2, List.of("", ""));
        facts().forEach((name, value) -> grid.add(name, Sheet.escape(value)));
        return sheet.table(grid);
    }

    private String command(String name) {
        BenchRequest request = result.request();
        StringBuilder command = new StringBuilder("bench ").append(name);
        request.seeds().ifPresent(seeds -> command.append(" --seeds ").append(seeds));
        if (!request.only().isEmpty()) {
            command.append(" --only ").append(String.join(",", request.only()));
        }
        return command.append(" --out DIR").toString();
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("begun", result.started().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put(
                "took",
                Digits.seconds(result.seconds()) + " on " + Words.count(result.lanes(), "lane") + "; "
                        + Digits.seconds(result.computed()) + " of computing, whenever it was done");
        facts.put(
                "runs",
                Words.count(result.cells(), "run")
                        + (result.reused() > 0 ? ", " + result.reused() + " of them from an earlier start" : "")
                        + (result.failures().isEmpty()
                                ? ""
                                : ", " + Words.count(result.failures().size(), "failure")));
        facts.put("device", result.device());
        result.libraries().forEach(facts::put);
        facts.put(
                "seeds",
                suite().studies().stream()
                        .map(study -> study.label() + ": 0 to "
                                + (result.request().seeds().orElse(study.seeds()) - 1))
                        .collect(Collectors.joining("; ")));
        facts.put("intervals", Digits.number(100 * suite().confidence()) + " %, Student's t");
        return facts;
    }
}
