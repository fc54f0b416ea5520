package org.aitia.bench.report.internal;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.api.bench.Suite;
import org.aitia.api.explain.ExplanationType;

/** What labels of a suite are called, as plain text. */
final class Names {
    private final Suite suite;

    Names(Suite suite) {
        this.suite = suite;
    }

    String dataset(String label) {
        return find(suite.datasets(), Suite.Data::label, Suite.Data::title, label);
    }

    String model(String label) {
        return find(suite.models(), Suite.Model::label, Suite.Model::title, label);
    }

    String explainer(String label) {
        return find(suite.explainers(), Suite.Contender::label, Suite.Contender::title, label);
    }

    private static <T> String find(List<T> all, Function<T, String> label, Function<T, String> title, String wanted) {
        return all.stream()
                .filter(one -> label.apply(one).equals(wanted))
                .map(title)
                .findFirst()
                .filter(found -> !found.isBlank())
                .orElse(wanted);
    }

    static String study(Suite.Study study) {
        return study.title().isBlank() ? study.label() : study.title();
    }

    /** What is explained, in few words. */
    static String type(ExplanationType type) {
        return type == ExplanationType.PHENOMENON ? "true label" : "prediction";
    }

    /** Model and type of a board. */
    String board(Board board) {
        return model(board.model()) + ", " + type(board.type()) + " explained";
    }

    static String options(Map<String, String> options) {
        return options.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(" "));
    }
}
