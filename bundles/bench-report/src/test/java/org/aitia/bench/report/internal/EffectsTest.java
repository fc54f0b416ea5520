package org.aitia.bench.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.Suite;
import org.aitia.api.explain.ExplanationType;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static Suite.Model model(String label, Map<String, String> options, long seed, Map<String, Long> seeds) {
        Map<String, Suite.Recipe> exceptions = new java.util.TreeMap<>();
        seeds.forEach((dataset, other) -> exceptions.put(dataset, new Suite.Recipe("gcn", options, other)));
        return new Suite.Model(label, label, "", new Suite.Recipe("gcn", options, seed), exceptions);
    }

    private static List<String> lines(Suite.Model... models) {
        Suite.Study study = Samples.study(
                "ablation",
                "Ablation",
                List.of("ba", "tree"),
                List.of(models).stream().map(Suite.Model::label).toList(),
                List.of(ExplanationType.PHENOMENON),
                List.of("pg", "random"),
                List.of("random"),
                2,
                false);
        Suite suite = Samples.suite(
                List.of(Samples.data("ba", "BA"), Samples.data("tree", "Tree")),
                List.of(models),
                List.of(
                        Samples.explainer("pg", "PG", "pgexplainer", Map.of()),
                        Samples.explainer("random", "Random", "random", Map.of())),
                List.of(study));
        BenchResult result = Samples.result(
                suite,
                Samples.tables(suite, 3, (dataset, model, explainer, seed) -> ""),
                List.of(),
                List.of(),
                List.of());
        Effects effects = new Effects(result, study, Board.of(result, study), new Names(suite));
        return effects.grid().markdown().stream()
                .skip(2)
                .map(line -> line.substring(2).replaceAll(" \\| [-+0-9].*", ""))
                .sorted()
                .toList();
    }

    @Test
    void aModelIsComparedWithTheOneBeforeItThatDiffersLeast() {
        Map<String, String> paper = Map.of("normalization", "none", "lr", "0.001");
        Map<String, String> normalised = Map.of("normalization", "symmetric", "lr", "0.01", "patience", "100");

        assertThat(lines(
                        model("paper", paper, 3, Map.of()),
                        model("other", paper, 0, Map.of()),
                        model("normalised", normalised, 3, Map.of()),
                        model("normalised-other", normalised, 5, Map.of("tree", 0L))))
                .containsExactly(
                        "PG, model normalised | model normalised-other (`seed=5/0`)",
                        "PG, model paper | model normalised (`lr=0.01 normalization=symmetric patience=100`)",
                        "PG, model paper | model other (`seed=0`)");
    }
}
