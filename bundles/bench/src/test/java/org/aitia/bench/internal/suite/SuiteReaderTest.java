package org.aitia.bench.internal.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.aitia.api.DataFormatException;
import org.aitia.api.bench.Suite;
import org.aitia.api.bench.Suite.Contender;
import org.aitia.api.bench.Suite.Goal;
import org.aitia.api.bench.Suite.Recipe;
import org.aitia.api.bench.Suite.Study;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.metric.Metrics.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteReaderTest {
    private static final String WHOLE = """
            title: Everything
            text: |
              Some *words*.
            confidence: 0.9
            datasets:
              shapes:
                title: Shapes
                dataset: ba-shapes
                options: {noise: 0.010, seed: 1e1}
                targets: 400..420:5
                validation: 500..510:5
                examples: [400, 405]
              cycles:
                dataset: tree-cycles
                targets: test truth
                validation: val sample 10
            models:
              paper:
                title: Paper
                text: As published.
                architecture: gcn
                options: {epochs: 1000, concat: true}
                seed: 7
                for:
                  cycles: {seed: 3, options: {epochs: 500}}
                  shapes: {architecture: gin, options: {epochs: 5}}
              plain: {architecture: gcn}
            explainers:
              pg:
                title: PGExplainer
                explainer: pgexplainer
                options: {lr: 0.01}
                for:
                  shapes: {options: {lr: 0.003}}
                  "*/plain": {options: {epochs: 3}}
                  shapes/plain: {options: {lr: 0.5}}
                tune:
                  seeds: 2
                  settings: [{}, {embeddings: all}]
                  grid: {size: [0.1, 1], epochs: [10]}
              degree: {seeds: 1}
              random:
            studies:
              main:
                title: The table
                text: Words.
                datasets: [shapes, cycles]
                models: paper
                types: [phenomenon, model]
                explainers: [pg, degree]
                baselines: [random]
                metrics: [roc-auc, "fidelity-plus:threshold=top-k:6:elements=edges"]
                rank-by: roc-auc
                seeds: 10
                curves:
                  metrics: ["fidelity-plus:elements=edges"]
                  fractions: [0.05, 0.1, 1]
                  seeds: 2
                goals:
                  - {explainers: [pg], types: [model], at-least: {shapes: 0.963, cycles: 0.9}, source: "a paper"}
                  - {explainers: [pg, degree], types: any, metric: "fidelity-plus:elements=edges:threshold=top-k:6", at-least: 0.1}
                  - {above: random, by: 0.05, metric: "fidelity-plus[elements=edges,threshold=fraction:0.1]"}
                  - {explainers: pg, any: true, at-least: [0.9, 0.8]}
              short:
                metrics: sparsity
                explainers: degree
                goals:
                  - {above: random}
            """;

    private static Suite read(String document) {
        return SuiteReader.read("all", "all.yaml", document);
    }

    @Test
    void everythingOfAStudyIsRead() {
        Suite suite = read(WHOLE);
        Study study = suite.studies().get(0);

        assertThat(suite.title()).isEqualTo("Everything");
        assertThat(suite.text()).isEqualTo("Some *words*.\n");
        assertThat(suite.confidence()).isEqualTo(0.9);
        assertThat(suite.document()).isEqualTo(WHOLE);
        assertThat(study.title()).isEqualTo("The table");
        assertThat(study.models()).containsExactly("paper");
        assertThat(study.types()).containsExactly(ExplanationType.PHENOMENON, ExplanationType.MODEL);
        assertThat(study.baselines()).containsExactly("random");
        assertThat(study.metrics())
                .containsExactly(
                        new Selection("roc-auc", Map.of()),
                        new Selection("fidelity-plus", Map.of("threshold", "top-k:6", "elements", "edges")));
        assertThat(study.rankBy()).isEqualTo("roc-auc");
        assertThat(study.seeds()).isEqualTo(10);
        assertThat(study.curves().orElseThrow().fractions()).containsExactly(0.05, 0.1, 1.0);
        assertThat(study.curves().orElseThrow().seeds()).isEqualTo(2);
    }

    @Test
    void numbersOfOptionsKeepTheirWrittenForm() {
        assertThat(read(WHOLE).dataset("shapes").options())
                .containsExactlyInAnyOrderEntriesOf(Map.of("noise", "0.010", "seed", "1e1"));
        assertThat(read(WHOLE).model("paper").recipe().options()).containsEntry("concat", "true");
    }

    @Test
    void whatIsLeftOutHasADefault() {
        Suite suite = read(WHOLE);
        Study study = suite.studies().get(1);

        assertThat(suite.dataset("cycles").title()).isEqualTo("cycles");
        assertThat(suite.explainer("degree").explainer()).isEqualTo("degree");
        assertThat(suite.explainer("degree").seeds()).isEqualTo(OptionalInt.of(1));
        assertThat(suite.explainer("random").options()).isEmpty();
        assertThat(study.datasets()).containsExactly("shapes", "cycles");
        assertThat(study.models()).containsExactly("paper", "plain");
        assertThat(study.types()).containsExactly(ExplanationType.MODEL);
        assertThat(study.rankBy()).isEqualTo("sparsity");
        assertThat(study.seeds()).isEqualTo(5);
    }

    @Test
    void baselinesAndWhatGoalsExceedAreAmongTheExplainers() {
        assertThat(read(WHOLE).studies().get(0).explainers()).containsExactly("pg", "degree", "random");
        assertThat(read(WHOLE).studies().get(1).explainers()).containsExactly("degree", "random");
    }

    @Test
    void exceptionsOfModelsHoldAllOptions() {
        Suite.Model model = read(WHOLE).model("paper");

        assertThat(model.recipe("other")).isEqualTo(model.recipe());
        assertThat(model.recipe("cycles")).isEqualTo(new Recipe("gcn", Map.of("epochs", "500", "concat", "true"), 3));
        // the options of a GCN are none of a GIN's
        assertThat(model.recipe("shapes")).isEqualTo(new Recipe("gin", Map.of("epochs", "5"), 7));
    }

    @Test
    void ofExceptionsOfExplainersTheLaterWins() {
        Contender pg = read(WHOLE).explainer("pg");

        assertThat(pg.options("cycles", "paper")).isEqualTo(Map.of("lr", "0.01"));
        assertThat(pg.options("shapes", "paper")).isEqualTo(Map.of("lr", "0.003"));
        assertThat(pg.options("cycles", "plain")).isEqualTo(Map.of("lr", "0.01", "epochs", "3"));
        assertThat(pg.options("shapes", "plain")).isEqualTo(Map.of("lr", "0.5", "epochs", "3"));
    }

    @Test
    void settingsTimesGridAreTried() {
        Suite.Tuning tuning = read(WHOLE).explainer("pg").tuning().orElseThrow();

        assertThat(tuning.seeds()).isEqualTo(2);
        assertThat(tuning.settings())
                .containsExactly(
                        Map.of("size", "0.1", "epochs", "10"),
                        Map.of("size", "1", "epochs", "10"),
                        Map.of("embeddings", "all", "size", "0.1", "epochs", "10"),
                        Map.of("embeddings", "all", "size", "1", "epochs", "10"));
    }

    @Test
    void goalsWithAValuePerDataSetAreOneEach() {
        List<Goal> goals = read(WHOLE).studies().get(0).goals();

        assertThat(goals).hasSize(6);
        assertThat(goals.get(0).datasets()).containsExactly("shapes");
        assertThat(goals.get(0).atLeast()).isEqualTo(Optional.of(0.963));
        assertThat(goals.get(0).types()).containsExactly(ExplanationType.MODEL);
        assertThat(goals.get(0).source()).isEqualTo("a paper");
        assertThat(goals.get(1).datasets()).containsExactly("cycles");
        assertThat(goals.get(1).atLeast()).isEqualTo(Optional.of(0.9));
        assertThat(goals.get(2).any()).isTrue();
        assertThat(goals.get(2).column()).isEqualTo("fidelity-plus[elements=edges,threshold=top-k:6]");
        assertThat(goals.get(2).datasets()).containsExactly("shapes", "cycles");
        assertThat(goals.get(3).above()).isEqualTo(Optional.of("random"));
        assertThat(goals.get(3).by()).isEqualTo(0.05);
        assertThat(goals.get(3).explainers()).containsExactly("pg", "degree");
        assertThat(goals.get(3).column()).isEqualTo("fidelity-plus[elements=edges,threshold=fraction:0.1]");
        assertThat(goals.get(4).atLeast()).isEqualTo(Optional.of(0.9));
        assertThat(goals.get(5).datasets()).containsExactly("cycles");
        assertThat(goals.get(5).any()).isTrue();
    }

    @Test
    void jsonIsYaml() {
        Suite suite = read("""
                {"datasets": {"a": {"dataset": "karate"}}, "models": {"m": {"architecture": "gcn"}},
                 "explainers": {"random": {}}, "studies": {"s": {"metrics": ["sparsity"]}}}
                """);
        assertThat(suite.studies()).singleElement().extracting(Study::label).isEqualTo("s");
        assertThat(suite.title()).isEqualTo("all");
        assertThat(suite.confidence()).isEqualTo(0.95);
    }

    /** Replaces a part of a suite that is right; « is where the error is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "confidence: 0.9 | confidence: «95 | the level of confidence must be between 0 and 1, not 95",
                "confidence: 0.9 | «Confidence: 1 | the suite has no 'Confidence'; did you mean 'confidence'? It takes title, text, confidence, datasets, models, explainers, studies",
                "targets: 400..420:5 | targets: «400-420 | '400-420' in '400-420' names no instances; write for example 400..699:5,700 or all, and words that narrow down: train, val, test, truth, class 1, sample 50",
                "validation: 500..510:5 | validation: «410 | instance 410 of data set 'shapes' is both among 'targets' and 'validation': settings would be chosen on what they are judged by; take it from one of them",
                "examples: [400, 405] | examples: [«-1] | an entry of 'examples' of data set 'shapes' must be 0 or more, not -1",
                "plain: {architecture: gcn} | plain: «{seed: 1} | model 'plain' lacks 'architecture'; add for example 'architecture: gcn'",
                "seed: 7 | seed: «seven | 'seed' of model 'paper' takes a whole number, not 'seven'",
                "cycles: {seed: 3 | «circles: {seed: 3 | the suite has no data set 'circles'; did you mean 'cycles'?",
                "plain: {architecture: gcn} | «paper: {architecture: gcn} | 'paper' is in 'models' of the suite twice, before in line 18; keep one",
                "shapes/plain: | «shapes/odd: | the suite has no model 'odd'; there are: paper, plain",
                "shapes/plain: | «a/b/c: | 'a/b/c' is no DATASET, DATASET/MODEL or */MODEL",
                "{lr: 0.01} | {lr: «[1]} | 'lr' of 'options' of explainer 'pg' takes text or a number, not a list",
                "{lr: 0.01} | {lr: «null} | 'lr' of 'options' of explainer 'pg' has no value; write one, or '' for an empty one",
                "tune:\\n      seeds: 2\\n      settings: [{}, {embeddings: all}] | tune:\\n      «settings: [{}, {}] | 'tune' of explainer 'pg' tries a setting twice; leave one out",
                "degree: {seeds: 1} | degree: {seeds: «0} | 'seeds' of explainer 'degree' must be 1 or more, not 0",
                "degree: {seeds: 1} | «de gree: {seeds: 1} | 'de gree' cannot be the label of an explainer; use up to 40 letters, digits, '.', '_' and '-'",
                "models: paper | models: «papers | the suite has no model 'papers'; did you mean 'paper'?",
                "types: [phenomenon, model] | types: [«both] | 'both' is no type; write model (why it predicts so) or phenomenon (why the true label is so)",
                "explainers: [pg, degree]\\n    baselines | explainers: [pg, «pg]\\n    baselines | 'pg' is in 'explainers' of study 'main' twice; name it once",
                "rank-by: roc-auc | rank-by: «roc | 'roc' is not measured in this study; did you mean 'roc-auc'?",
                "fractions: [0.05, 0.1, 1] | fractions: [0.2, «0.1] | fractions must rise, and 0.1 comes after 0.2",
                "fractions: [0.05, 0.1, 1] | fractions: [«0] | a fraction must be above 0 and at most 1, not 0",
                "{above: random, by: 0.05 | «{by: 0.05 | a goal of study 'main' needs either 'at-least', a value, or 'above', an explainer",
                "{explainers: [pg], types: [model] | {explainers: [«gp], types: [model] | the study has no explainer 'gp'; there are: degree, pg, random",
                "cycles: 0.9} | «karate: 0.9} | the goal is not about data set 'karate'; there are: cycles, shapes",
                "at-least: [0.9, 0.8] | at-least: «[0.9] | 'at-least' has 1 values for 2 data sets; give one for each, or a map by data set",
                "any: true | any: «yes | 'any' of a goal of study 'main' takes true or false, not 'yes'",
                "metrics: sparsity | metrics: [sparsity, «sparsity] | 'sparsity' is in 'metrics' of study 'short' twice; name it once",
                "metrics: sparsity | metrics: «'a:b' | 'a:b' is no metric with options; write for example fidelity-plus:removal=hard:measure=label",
                "metrics: sparsity | «metrix: sparsity | study 'short' has no 'metrix'; did you mean 'metrics'? It takes title, text, datasets, models, types, explainers, baselines, metrics, rank-by, seeds, curves, goals",
                "explainers: degree\\n    goals: | explainers: [degree, pg\\n    goals«: | this is no YAML: expected ',' or ']', but got :",
                "metrics: [\"fidelity-plus:elements=edges\"] | metrics: [«\"fidelity-plus:threshold=top-k:3\"] | a curve sets the threshold itself; leave it out of 'fidelity-plus[threshold=top-k:3]'"
            })
    void whatIsWrongIsToldWithItsPlace(String right, String wrong, String message) {
        String from = right.replace("\\n", "\n");
        assertThat(WHOLE).contains(from);
        String marked = WHOLE.replace(from, wrong.replace("\\n", "\n"));
        int place = marked.indexOf('«');
        int line =
                (int) marked.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
        int column = place - marked.lastIndexOf('\n', place);

        assertThatThrownBy(() -> read(marked.replace("«", "")))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("all.yaml:" + line + ":" + column + ": " + message);
    }

    @Test
    void aTunedExplainerNeedsInstancesToChooseOn() {
        assertThatThrownBy(() -> read(WHOLE.replace("    validation: val sample 10\n", "")))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("all.yaml:44:5: explainer 'pg' of study 'main' is tuned, but data set 'cycles' has no"
                        + " 'validation' to choose settings on; add it, or leave one of them out");
    }

    @Test
    void nothingIsNoSuite() {
        assertThatThrownBy(() -> read(""))
                .hasMessage("all.yaml: the file is empty; a suite names datasets, models, explainers and studies");
        assertThatThrownBy(() -> read("- 1")).hasMessage("all.yaml:1:1: the suite takes keys with values, not a list");
        assertThatThrownBy(() -> read("datasets: {a: {dataset: b}}"))
                .hasMessage(
                        "all.yaml:1:1: the suite lacks 'models'; add for example 'models: {gcn: {architecture: gcn}}'");
        assertThatThrownBy(() -> read("datasets: {}"))
                .hasMessage("all.yaml:1:11: the suite has no data set; name at least one");
    }
}
