package org.aitia.comparison.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aitia.api.compare.Cell;
import org.aitia.api.compare.Setting;
import org.aitia.api.compare.Subject;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.Provenance;
import org.aitia.api.model.StoredModel;

/** What rows have in common. */
final class Settings {
    private Settings() {}

    static Setting of(
            ExplanationInput input,
            Subject subject,
            List<Long> seeds,
            double confidence,
            List<RowRun> rows,
            Instant started) {
        StoredModel model = input.description();
        Optional<Provenance> provenance =
                rows.stream().flatMap(row -> row.first().stream()).findFirst().map(ExplanationResult::provenance);
        return new Setting(
                model.name(),
                input.model().info().architecture(),
                model.weightsDigest(),
                input.model().info().shape().task(),
                input.dataset().info().name(),
                new TreeMap<>(input.dataset().options()), // whose order differs between runs of Java
                input.dataset().digest(),
                subject.type(),
                targets(rows).orElse(subject.targets()),
                seeds,
                confidence,
                provenance.map(Provenance::device).orElse(""),
                provenance.map(Provenance::libraries).orElse(Map.of()),
                started);
    }

    /** The targets of the first run that succeeded: a request may say "all". */
    static Optional<List<Integer>> targets(List<RowRun> rows) {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .map(Cell::targets)
                .filter(targets -> !targets.isEmpty())
                .findFirst();
    }
}
