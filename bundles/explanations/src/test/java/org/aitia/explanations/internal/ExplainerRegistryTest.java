package org.aitia.explanations.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.junit.jupiter.api.Test;

class ExplainerRegistryTest {
    private final TestExplainer explainer = new TestExplainer("mine", Task.NODE);

    @Test
    void forgetsWhatIsRemoved() {
        ExplainerRegistry registry = new ExplainerRegistry(Duration.ofSeconds(1));
        registry.add(explainer, "b 1", 0, 1);
        assertThat(registry.list()).extracting(e -> e.info().name()).containsExactly("mine");
        registry.remove(explainer);
        assertThat(registry.list()).isEmpty();
        assertThatThrownBy(() -> registry.use("mine"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown explainer 'mine'; there are none");
    }

    @Test
    void ofTwoWithOneNameTheHigherRankedServesUntilItGoes() {
        ExplainerRegistry registry = new ExplainerRegistry(Duration.ofSeconds(1));
        TestExplainer second = new TestExplainer("mine", Task.GRAPH);
        registry.add(explainer, "low 1", 0, 1);
        registry.add(second, "high 1", 10, 2);
        assertThat(registry.find("mine").bundle()).isEqualTo("high 1");
        assertThat(registry.list())
                .singleElement()
                .satisfies(e -> assertThat(e.bundle()).isEqualTo("high 1"));
        registry.remove(second);
        assertThat(registry.find("mine").bundle()).isEqualTo("low 1");
    }

    @Test
    void ofTwoOfOneRankingTheOlderServes() {
        ExplainerRegistry registry = new ExplainerRegistry(Duration.ofSeconds(1));
        registry.add(new TestExplainer("mine", Task.GRAPH), "younger 1", 0, 8);
        registry.add(explainer, "older 1", 0, 7);
        assertThat(registry.find("mine").bundle()).isEqualTo("older 1");
    }

    @Test
    void revokesAUseThatOutlastsTheGracePeriod() throws Exception {
        ExplainerRegistry registry = new ExplainerRegistry(Duration.ofMillis(50));
        registry.add(explainer, "b 1", 0, 1);
        ExplainerRegistry.Use use = registry.use("mine");
        CompletableFuture<Void> removal =
                CompletableFuture.runAsync(() -> registry.remove(explainer), work -> new Thread(work, "test").start());
        while (!use.isRevoked()) {
            Thread.onSpinWait();
        }
        use.close();
        removal.get(30, TimeUnit.SECONDS);
    }
}
