package org.aitia.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.aitia.api.NotFoundException;
import org.aitia.api.metric.ExplanationMetric;
import org.junit.jupiter.api.Test;

class MetricRegistryTest {
    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void ofTwoWithOneNameTheHigherRankedServesUntilItGoes() {
        ExplanationMetric high = new SparsityMetric();
        registry.add(new SparsityMetric(), "low 1", 0, 1);
        registry.add(high, "high 1", 10, 2);
        assertThat(registry.find("sparsity").bundle()).isEqualTo("high 1");
        assertThat(registry.list())
                .singleElement()
                .satisfies(r -> assertThat(r.bundle()).isEqualTo("high 1"));
        registry.remove(high);
        assertThat(registry.find("sparsity").bundle()).isEqualTo("low 1");
    }

    @Test
    void ofTwoOfOneRankingTheOlderServes() {
        registry.add(new SparsityMetric(), "younger 1", 0, 8);
        registry.add(new SparsityMetric(), "older 1", 0, 7);
        assertThat(registry.find("sparsity").bundle()).isEqualTo("older 1");
    }

    @Test
    void unknownMetricsAreNamedWithThoseThatThereAre() {
        registry.add(new SparsityMetric(), "b 1", 0, 1);
        assertThatThrownBy(() -> registry.find("sparsty"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("sparsty")
                .hasMessageContaining("sparsity");
    }
}
