package org.aitia.bench.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.Suite;
import org.aitia.api.bench.Suite.Contender;
import org.aitia.api.bench.Suite.Study;
import org.aitia.api.explain.ExplanationType;

/** What a request runs: tables, each with its rows, each with its cells. Immutable. */
final class Plan {
    private final List<Table> tables;

    /**
     * A table.
     *
     * @param study what is measured
     * @param dataset label
     * @param model label
     * @param type of what is explained
     * @param rows one per explainer
     */
    record Table(Study study, String dataset, String model, ExplanationType type, List<Row> rows) {
        @Override
        public String toString() {
            return study.label() + ", " + dataset + ", " + model + ", "
                    + type.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A row.
     *
     * @param contender the explainer
     * @param trials cells on the validation instances, by setting; none if its settings are given
     * @param runs cells on the targets
     */
    record Row(Contender contender, List<List<BenchCell>> trials, List<BenchCell> runs) {}

    private Plan(List<Table> tables) {
        this.tables = tables;
    }

    /**
     * Plans.
     *
     * @param request what to run
     * @throws InvalidRequestException if {@code only} names nothing, or nothing is left of the suite
     */
    static Plan of(BenchRequest request) {
        Choice choice = Choice.of(request);
        List<Table> tables = new ArrayList<>();
        for (Study study : request.suite().studies()) {
            if (!choice.allows(Kind.STUDY, study.label())) {
                continue;
            }
            for (String dataset : choice.of(Kind.DATASET, study.datasets())) {
                for (String model : choice.of(Kind.MODEL, study.models())) {
                    for (ExplanationType type : study.types()) {
                        if (choice.allows(Kind.TYPE, name(type))) {
                            List<Row> rows = rows(request, study, dataset, model, type, choice);
                            if (!rows.isEmpty()) {
                                tables.add(new Table(study, dataset, model, type, rows));
                            }
                        }
                    }
                }
            }
        }
        if (tables.isEmpty()) {
            throw new InvalidRequestException("no cell of suite '"
                    + request.suite().name() + "' has all of " + String.join(", ", request.only()) + "; name fewer");
        }
        return new Plan(List.copyOf(tables));
    }

    private static List<Row> rows(
            BenchRequest request, Study study, String dataset, String model, ExplanationType type, Choice choice) {
        List<String> labels = study.explainers().stream()
                .filter(label -> choice.allows(Kind.EXPLAINER, label)
                        || study.baselines().contains(label))
                .toList();
        if (labels.stream().noneMatch(label -> choice.allows(Kind.EXPLAINER, label))) {
            return List.of(); // baselines with nothing to compare
        }
        int seeds = request.seeds().orElse(study.seeds());
        return labels.stream()
                .map(label -> row(request.suite().explainer(label), study, dataset, model, type, seeds))
                .toList();
    }

    private static Row row(
            Contender contender, Study study, String dataset, String model, ExplanationType type, int seeds) {
        List<List<BenchCell>> trials = contender.tuning().stream()
                .flatMap(tuning -> tuning.settings().stream()
                        .map(setting -> cells(
                                contender,
                                tuning.seeds(),
                                seed -> new BenchCell(
                                        study.label(), dataset, model, type, contender.label(), seed, setting, true))))
                .toList();
        List<BenchCell> runs = cells(
                contender,
                seeds,
                seed -> new BenchCell(study.label(), dataset, model, type, contender.label(), seed, Map.of(), false));
        return new Row(contender, trials, runs);
    }

    private static List<BenchCell> cells(Contender contender, int seeds, Function<Long, BenchCell> cell) {
        int runs = Math.min(seeds, contender.seeds().orElse(seeds));
        return IntStream.range(0, runs)
                .mapToObj(seed -> cell.apply((long) seed))
                .toList();
    }

    static String name(ExplanationType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    List<Table> tables() {
        return tables;
    }

    /** All cells as they run: table by table, and of each, those first that others wait for. */
    List<BenchCell> cells() {
        return Stream.concat(
                        rows().flatMap(row -> row.trials().stream()).flatMap(List::stream),
                        rows().flatMap(row -> row.runs().stream()))
                .toList();
    }

    private Stream<Row> rows() {
        return tables.stream().flatMap(table -> table.rows().stream());
    }

    private enum Kind {
        STUDY,
        DATASET,
        MODEL,
        EXPLAINER,
        TYPE
    }

    /** What {@code only} leaves. A name that is a label of several kinds is of the first. */
    private record Choice(Map<Kind, Set<String>> named) {
        static Choice of(BenchRequest request) {
            request.seeds().ifPresent(Choice::checkSeeds);
            Suite suite = request.suite();
            Map<Kind, List<String>> known = new LinkedHashMap<>();
            known.put(Kind.STUDY, suite.studies().stream().map(Study::label).toList());
            known.put(
                    Kind.DATASET,
                    suite.datasets().stream().map(Suite.Data::label).toList());
            known.put(
                    Kind.MODEL, suite.models().stream().map(Suite.Model::label).toList());
            known.put(
                    Kind.EXPLAINER,
                    suite.explainers().stream().map(Contender::label).toList());
            known.put(
                    Kind.TYPE,
                    Stream.of(ExplanationType.values()).map(Plan::name).toList());
            Map<Kind, Set<String>> named = new LinkedHashMap<>();
            for (String name : request.only()) {
                Kind kind = known.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(name))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> new InvalidRequestException("suite '" + suite.name()
                                + "' has no study, data set, model, explainer or type '" + name + "'"
                                + NotFoundException.suggestion(
                                        name,
                                        new LinkedHashSet<>(known.values().stream()
                                                .flatMap(List::stream)
                                                .toList()))));
                named.computeIfAbsent(kind, any -> new HashSet<>()).add(name);
            }
            return new Choice(named);
        }

        private static void checkSeeds(int seeds) {
            if (seeds < 1) {
                throw new InvalidRequestException("the number of seeds must be 1 or more, not " + seeds);
            }
        }

        boolean allows(Kind kind, String label) {
            return !named.containsKey(kind) || named.get(kind).contains(label);
        }

        List<String> of(Kind kind, List<String> labels) {
            return labels.stream().filter(label -> allows(kind, label)).toList();
        }
    }
}
