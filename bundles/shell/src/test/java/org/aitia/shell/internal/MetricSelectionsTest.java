package org.aitia.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.metric.Metrics.Selection;
import org.junit.jupiter.api.Test;

class MetricSelectionsTest {
    @Test
    void namesAreSeparatedByCommasAndOptionsByColons() {
        assertThat(MetricSelections.parse(List.of("roc-auc, sparsity", "fidelity-plus:removal=hard:measure=label")))
                .containsExactly(
                        new Selection("roc-auc", Map.of()),
                        new Selection("sparsity", Map.of()),
                        new Selection("fidelity-plus", Map.of("removal", "hard", "measure", "label")));
    }

    @Test
    void valuesMayHaveColonsAndCommasOfTheirOwn() {
        assertThat(MetricSelections.parse(List.of(
                        "fidelity-plus:threshold=top-k:5:undirected:removal=hard", "fidelity-curve:levels=0.5,0.9")))
                .containsExactly(
                        new Selection("fidelity-plus", Map.of("threshold", "top-k:5:undirected", "removal", "hard")),
                        new Selection("fidelity-curve", Map.of("levels", "0.5,0.9")));
    }

    @Test
    void refusesOptionsWithoutValue() {
        assertThatThrownBy(() -> MetricSelections.parse(List.of("fidelity-plus:hard")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'fidelity-plus:hard' is no metric with options; write for example"
                        + " fidelity-plus:removal=hard:measure=label");
    }
}
