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
        registry.add(explainer, "b 1");
        assertThat(registry.list()).extracting(e -> e.info().name()).containsExactly("mine");
        registry.remove(explainer);
        assertThat(registry.list()).isEmpty();
        assertThatThrownBy(() -> registry.use("mine"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown explainer 'mine'; there are none");
    }

    @Test
    void theFirstOfTwoWithOneNameServesUntilItGoes() {
        ExplainerRegistry registry = new ExplainerRegistry(Duration.ofSeconds(1));
        TestExplainer second = new TestExplainer("mine", Task.GRAPH);
        registry.add(explainer, "first 1");
        registry.add(second, "second 1");
        assertThat(registry.find("mine").bundle()).isEqualTo("first 1");
        registry.remove(explainer);
        assertThat(registry.find("mine").bundle()).isEqualTo("second 1");
    }

    @Test
    void revokesAUseThatOutlastsTheGracePeriod() throws Exception {
        ExplainerRegistry registry = new ExplainerRegistry(Duration.ofMillis(50));
        registry.add(explainer, "b 1");
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
