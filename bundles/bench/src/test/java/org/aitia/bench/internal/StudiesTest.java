package org.aitia.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.bench.BenchCell;
import org.aitia.api.bench.BenchRequest;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchResult.Choice;
import org.aitia.api.bench.BenchResult.Failure;
import org.aitia.api.bench.BenchResult.Reached;
import org.aitia.api.bench.BenchResult.Table;
import org.aitia.api.bench.BenchResult.Trained;
import org.aitia.api.compare.Column;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Score;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.metric.MetricInfo.Better;
import org.aitia.api.model.StoredModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What suites can ask for, with the services of the product. */
class StudiesTest {
    private static final String HEAD = """
            datasets:
              house: {dataset: ba-shapes, targets: "400..420:5", validation: "500..510:5"}
              other: {dataset: ba-shapes, options: {seed: 1}, targets: "400..410:5"}
            models:
              gcn: {architecture: gcn, options: {epochs: 20, hidden: 8, normalization: none}}
              same: {architecture: gcn, options: {hidden: 8, epochs: 20, normalization: none}}
              wide: {architecture: gcn, options: {epochs: 20, hidden: 12}}
            explainers:
              good: {explainer: test, options: {knowledge: 0.6}}
              poor: {explainer: test, options: {knowledge: 0.1}}
              tuned: {explainer: test, tune: {seeds: 2, grid: {knowledge: [0.1, 0.9, 0.2]}}}
              failing: {explainer: test, options: {fails: true}}
              hopeless: {explainer: test, tune: {settings: [{fails: true}, {fails: true, knowledge: 0.2}]}}
              pg: {explainer: pgexplainer, options: {epochs: 2}, tune: {grid: {lr: [0.01, 0.003]}}}
              degree: {explainer: degree, seeds: 1}
              random: {explainer: random}
            studies:
            """;

    @TempDir
    private Path directory;

    private final TestExplainer explainer = new TestExplainer();
    private World world;

    @BeforeEach
    void wire() {
        world = new World(directory.resolve("home")).with(explainer);
    }

    private Path out() {
        return directory.resolve("out");
    }

    private BenchResult run(String studies) {
        return world.run(HEAD + studies, out());
    }

    private static String study(String more) {
        return "  main: {datasets: [house], models: [gcn], metrics: [roc-auc], seeds: 2, " + more + "}\n";
    }

    private static double auc(Table table, String row) {
        return table.comparison().row(row).score("roc-auc").overSeeds().mean();
    }

    @Test
    void theBestSettingOnTheValidationInstancesIsUsed() {
        BenchResult result = run(study("explainers: [tuned, poor], baselines: [random]"));

        Choice choice = result.choices().get(0);
        assertThat(result.choices()).hasSize(1);
        assertThat(choice.explainer()).isEqualTo("tuned");
        assertThat(choice.column()).isEqualTo("roc-auc");
        assertThat(choice.chosen()).isEqualTo(1);
        assertThat(choice.trials())
                .extracting(BenchResult.Trial::options)
                .containsExactly(Map.of("knowledge", "0.1"), Map.of("knowledge", "0.9"), Map.of("knowledge", "0.2"));
        assertThat(choice.trials()).allSatisfy(trial -> {
            assertThat(trial.score().count()).isEqualTo(2);
            assertThat(trial.failure()).isEmpty();
        });
        assertThat(choice.trials().get(1).score().mean())
                .isGreaterThan(choice.trials().get(2).score().mean());
        assertThat(result.tables().get(0).comparison().row("tuned").options()).containsEntry("knowledge", "0.9");
        assertThat(auc(result.tables().get(0), "tuned"))
                .isGreaterThan(auc(result.tables().get(0), "poor"));
        assertThat(result.cells()).isEqualTo(6 + 2 + 2 + 2);
    }

    @Test
    void tuningNeverSeesWhatIsExplained() {
        run(study("explainers: [tuned]"));

        assertThat(explainer.calls)
                .filteredOn(call -> call.knowledge() != 0.9)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.targets()).containsExactlyInAnyOrder(500, 505, 510));
        assertThat(explainer.calls)
                .filteredOn(call -> call.knowledge() == 0.9)
                .extracting(TestExplainer.Call::targets)
                .containsOnly(Set.of(500, 505, 510), Set.of(400, 405, 410, 415, 420));
    }

    @Test
    void anExplainerThatLearnsIsTuned() {
        BenchResult result = run(study("explainers: [pg]"));

        assertThat(result.failures()).isEmpty();
        assertThat(result.choices().get(0).chosen()).isBetween(0, 1);
        assertThat(result.tables()
                        .get(0)
                        .comparison()
                        .row("pg")
                        .score("roc-auc")
                        .overSeeds()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void whereNoSettingWorksTheRowSaysWhy() {
        BenchResult result = run(study("explainers: [hopeless, poor]"));

        assertThat(result.choices().get(0).chosen()).isEqualTo(-1);
        assertThat(result.choices().get(0).trials().get(0).failure()).isEqualTo("it fails when told to");
        assertThat(result.tables().get(0).comparison().row("hopeless").failure())
                .isEqualTo("no setting of it could be tried on the validation instances: it fails when told to");
        assertThat(result.failures())
                .extracting(Failure::what)
                .containsExactly(
                        "main, house, gcn, model, hopeless with {fails=true}, seed 0",
                        "main, house, gcn, model, hopeless with {fails=true, knowledge=0.2}, seed 0");
    }

    @Test
    void equalCellsOfStudiesAreMeasuredOnce() throws IOException {
        BenchResult result = run(
                study("explainers: [good], baselines: [random]")
                        + "  again: {datasets: [house], models: [same], metrics: [roc-auc], seeds: 3, explainers: [good, poor]}\n");

        assertThat(result.failures()).isEmpty();
        assertThat(result.cells()).isEqualTo(4 + 6);
        assertThat(world.trained).hasSize(1); // both labels are of one recipe
        try (Stream<String> lines = Files.lines(out().resolve(Journal.FILE))) {
            assertThat(lines.filter(line -> line.contains("\"comparison\""))).hasSize(2 + 2 + 1 + 3);
        }
        assertThat(result.models()).extracting(Trained::model).containsExactly("gcn", "same");
        assertThat(result.tables()
                        .get(1)
                        .comparison()
                        .row("good")
                        .score("roc-auc")
                        .overSeeds()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void curvesAreColumnsOfTheirSeeds() {
        BenchResult result = run(study("explainers: [good], baselines: [random], curves: {metrics:"
                + " ['fidelity-minus:elements=edges'], fractions: [0.05, 0.5], seeds: 1}"));

        Comparison comparison = result.tables().get(0).comparison();
        assertThat(comparison.columns())
                .extracting(Column::name)
                .startsWith(
                        "roc-auc",
                        "fidelity-minus[elements=edges,threshold=fraction:0.05]",
                        "fidelity-minus[elements=edges,threshold=fraction:0.5]");
        assertThat(comparison.columns().get(1).better()).isEqualTo(Better.LOWER);
        Score point = comparison.row("good").score("fidelity-minus[elements=edges,threshold=fraction:0.5]");
        assertThat(point.overSeeds().count()).isEqualTo(1);
        assertThat(point.reason()).isEmpty();
        assertThat(comparison.row("good").score("roc-auc").overSeeds().count()).isEqualTo(2);
    }

    @Test
    void goalsAreLookedAtTableByTable() {
        BenchResult result = run(study("""
                types: [model, phenomenon], explainers: [good, poor, failing], baselines: [random], goals: [
                    {explainers: [good, poor], at-least: 0.5},
                    {explainers: [poor], above: good},
                    {explainers: [good], above: random, by: 0.01, types: any},
                    {explainers: [failing], at-least: 0.1, types: [model]},
                    {explainers: [good], metric: seconds, at-least: 1000, types: [model], source: easy}]"""));

        List<Reached> goals = result.goals();
        assertThat(goals).hasSize(2 + 2 + 1 + 1 + 1);
        assertThat(goals).extracting(Reached::met).containsExactly(true, true, false, false, true, false, true);
        assertThat(goals.get(0).explainer()).isEqualTo(Optional.of("good"));
        assertThat(goals.get(0).type()).isEqualTo(ExplanationType.MODEL);
        assertThat(goals.get(1).type()).isEqualTo(ExplanationType.PHENOMENON);
        assertThat(goals.get(0).value()).isEqualTo(auc(result.tables().get(0), "good"));
        assertThat(goals.get(4).bound())
                .isCloseTo(
                        (goals.get(4).type() == ExplanationType.MODEL
                                        ? auc(result.tables().get(0), "random")
                                        : auc(result.tables().get(1), "random"))
                                + 0.01,
                        within(1e-12));
        assertThat(goals.get(5).explainer()).isEmpty();
        assertThat(goals.get(5).value()).isNaN();
        assertThat(goals.get(6).goal().source()).isEqualTo("easy");
    }

    @Test
    void goalsAboveWhatIsLeftOutOfARunAreNotMissed() {
        BenchRequest all = BenchRequest.of(
                World.suite(HEAD
                        + study("explainers: [good, poor], goals: [{explainers: [good], above: poor},"
                                + " {explainers: [good], at-least: 0}]")),
                out());
        BenchRequest good =
                new BenchRequest(all.suite(), out(), OptionalInt.of(1), List.of("good"), false, 0, Optional.empty());

        assertThat(world.bench.run(good, TaskMonitor.NONE).goals())
                .singleElement()
                .satisfies(goal -> assertThat(goal.goal().above()).isEmpty());
    }

    @Test
    void modelsOfOneNameAreRefused() {
        String document = """
                datasets:
                  a: {dataset: ba-shapes, targets: "400..420:5"}
                  a-b: {dataset: ba-shapes, options: {seed: 1}, targets: "400..420:5"}
                models:
                  b-C: {architecture: gcn, options: {epochs: 2, hidden: 8}}
                  c: {architecture: gcn, options: {epochs: 2, hidden: 4}}
                explainers: {degree: }
                studies: {main: {metrics: [roc-auc], seeds: 1}}
                """;

        BenchResult result = world.run(document, out());

        // small-a-b-C is model b-C of a and model c of a-b, but for capitals
        String reason = "labels of another data set and model make the same name: rename one of them";
        assertThat(result.failures()).containsExactly(new Failure("model 'small-a-b-c'", reason));
        assertThat(world.trained).hasSize(3);
    }

    @Test
    void onlyNarrowsEachKindAndKeepsBaselines() {
        String document = HEAD + "  main: {metrics: [roc-auc], seeds: 2, datasets: [house, other], types: [model,"
                + " phenomenon], explainers: [good, poor], baselines: [random]}\n"
                + "  more: {metrics: [roc-auc], datasets: [house], explainers: [degree]}\n";
        BenchRequest all = BenchRequest.of(World.suite(document), out());
        BenchRequest some = new BenchRequest(
                all.suite(),
                out(),
                OptionalInt.of(3),
                List.of("good", "other", "phenomenon", "gcn"),
                false,
                0,
                Optional.empty());

        assertThat(world.bench.plan(all)).hasSize(2 * 3 * 2 * 6 + 3);
        assertThat(world.bench.plan(some))
                .extracting(BenchCell::toString)
                .containsExactly(
                        "main, other, gcn, phenomenon, good, seed 0",
                        "main, other, gcn, phenomenon, good, seed 1",
                        "main, other, gcn, phenomenon, good, seed 2",
                        "main, other, gcn, phenomenon, random, seed 0",
                        "main, other, gcn, phenomenon, random, seed 1",
                        "main, other, gcn, phenomenon, random, seed 2");
        BenchResult result = world.bench.run(some, TaskMonitor.NONE);
        assertThat(result.cells()).isEqualTo(6);
        assertThat(result.tables()).hasSize(1);
        assertThat(world.loaded).containsOnly("ba-shapes");
    }

    @Test
    void namesThatLeaveNothingAreRefused() {
        assertThatThrownBy(() -> plan("godo"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "suite 'small' has no study, data set, model, explainer or type 'godo'; did you mean 'good'?");
        assertThatThrownBy(() -> plan("other"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("no cell of suite 'small' has all of other; name fewer");
        assertThatThrownBy(() -> plan("wide")).hasMessage("no cell of suite 'small' has all of wide; name fewer");
    }

    private List<BenchCell> plan(String only) {
        return world.bench.plan(new BenchRequest(
                World.suite(HEAD + study("explainers: [good], baselines: [random]")),
                out(),
                OptionalInt.empty(),
                List.of(only),
                false,
                0,
                Optional.empty()));
    }

    @Test
    void modelsOfOthersAreNotTouched() {
        world.services
                .trainer()
                .train(
                        new org.aitia.api.model.TrainingRequest(
                                "ba-shapes",
                                Map.of(),
                                "gcn",
                                Optional.of("small-house-gcn"),
                                Map.of("epochs", "1"),
                                0,
                                Optional.empty()),
                        TaskMonitor.NONE);
        StoredModel before = world.store.find("small-house-gcn");

        BenchResult result = run(study("explainers: [good]"));

        assertThat(world.store.find("small-house-gcn")).isEqualTo(before);
        String reason =
                "a model 'small-house-gcn' is in the store that no benchmark has trained: rename or remove it, so"
                        + " that it is not overwritten";
        assertThat(result.failures()).containsExactly(new Failure("model 'small-house-gcn'", reason));
        assertThat(result.tables().get(0).comparison().row("good").failure())
                .isEqualTo("its model is not there: " + reason);
        assertThat(result.models()).isEmpty();
    }

    @Test
    void whatIsMeasuredOfAModelThatWasReplacedMeanwhileIsNotKept() {
        TaskMonitor listener = new TaskMonitor() {
            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(String stage, long done, long total) {
                if (done == 1 && world.trained.size() == 1) {
                    world.services
                            .trainer()
                            .train(
                                    new org.aitia.api.model.TrainingRequest(
                                            "ba-shapes",
                                            Map.of(),
                                            "gcn",
                                            Optional.of("small-house-gcn"),
                                            Map.of("epochs", "1"),
                                            0,
                                            Optional.empty()),
                                    TaskMonitor.NONE);
                }
            }
        };
        BenchRequest request = new BenchRequest(
                World.suite(HEAD + study("explainers: [good]")),
                out(),
                OptionalInt.empty(),
                List.of(),
                false,
                1,
                Optional.empty());

        assertThat(world.bench.run(request, listener).failures())
                .containsExactly(new Failure(
                        "main, house, gcn, model, good, seed 1",
                        "model 'small-house-gcn' was replaced while the suite ran: leave it alone, and run again with"
                                + " --resume"));
    }

    @Test
    void modelsAreTrainedAnewWhenTheirRecipeChanges() {
        String studies = study("explainers: [degree]");
        run(studies);
        StoredModel first = world.store.find("small-house-gcn");
        world.resume(HEAD + studies, out());
        assertThat(world.trained).hasSize(1);

        BenchResult result =
                world.resume(HEAD.replace("gcn, options: {epochs: 20", "gcn, options: {epochs: 21") + studies, out());

        assertThat(world.trained).hasSize(2);
        assertThat(result.reused()).isZero();
        assertThat(world.store.find("small-house-gcn").weightsDigest()).isNotEqualTo(first.weightsDigest());
        assertThat(world.store.list()).extracting(StoredModel::name).containsExactly("small-house-gcn");
    }

    @Test
    void dataThatCannotBeHadFailsItsTablesAlone() {
        BenchResult result = world.run(
                HEAD.replace("targets: \"400..410:5\"", "targets: \"690..710\"")
                        + "  main: {metrics: [roc-auc], models: [gcn], seeds: 1, datasets: [other, house], explainers:"
                        + " [good]}\n",
                out());

        String reason = "instance 710 is out of range; data set 'ba-shapes' has instances 0..699";
        assertThat(result.failures()).containsExactly(new Failure("data set 'other'", reason));
        assertThat(result.tables().get(0).comparison().row("good").failure())
                .isEqualTo("its data set is not there: " + reason);
        assertThat(result.tables().get(1).comparison().row("good").failure()).isEmpty();
    }

    @Test
    void aTrainingThatFailsFailsItsCells() {
        BenchResult result = world.run(
                HEAD.replace("{epochs: 20, hidden: 12}", "{epochs: 20, hidden: -3}")
                        + "  main: {metrics: [roc-auc], models: [wide, gcn], seeds: 1, datasets: [house], explainers:"
                        + " [good]}\n",
                out());

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.what()).isEqualTo("model 'small-house-wide'");
            assertThat(failure.reason()).contains("hidden").contains("-3");
        });
        assertThat(result.tables().get(0).comparison().row("good").failure()).startsWith("its model is not there: ");
        assertThat(result.tables().get(1).comparison().row("good").failure()).isEmpty();
    }

    @Test
    void targetsAndValidationThatMeetInTheDataAreRefused() {
        BenchResult result = world.run(
                HEAD.replace("validation: \"500..510:5\"", "validation: all") + study("explainers: [good]"), out());

        assertThat(result.failures())
                .singleElement()
                .extracting(Failure::reason)
                .isEqualTo(
                        "instance 400 of data set 'house' is both among 'targets' and 'validation': settings would be chosen on"
                                + " what they are judged by; take it from one of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset: ba-shapes, targets | dataset: ba-shape, targets | unknown data set 'ba-shape'; did you mean 'ba-shapes'",
                "architecture: gcn, options: {epochs: 20, hidden: 8 | architecture: gnc, options: {epochs: 20, hidden: 8 | unknown architecture 'gnc'",
                "{epochs: 20, hidden: 8, | {epocs: 20, hidden: 8, | unknown option of the trainer and of architecture gcn 'epocs'; did you mean 'epochs'",
                "good: {explainer: test | good: {explainer: tset | unknown explainer 'tset'; did you mean 'test'",
                "{knowledge: 0.6} | {knowlege: 0.6} | unknown option of explainer test 'knowlege'; did you mean 'knowledge'",
                "{knowledge: 0.6} | {knowledge: much} | option 'knowledge' of explainer test takes a number, not 'much'",
                "{knowledge: 0.6} | {fails: maybe} | option 'fails' of explainer test takes one of true, false, not 'maybe'",
                "{epochs: 20, hidden: 8, | {epochs: 2.5, hidden: 8, | option 'epochs' of the trainer and of architecture gcn takes a whole number, not '2.5'",
            })
    void wrongWordsAreToldBeforeAnythingRuns(String right, String wrong, String message) {
        assertThat(HEAD).contains(right);
        assertThatThrownBy(() -> world.run(HEAD.replace(right, wrong) + study("explainers: [good]"), out()))
                .isInstanceOf(AitiaException.class)
                .hasMessageStartingWith(message);
        assertThat(out()).doesNotExist();
    }

    @Test
    void wrongMetricsAreToldBeforeAnythingRuns() {
        assertThatThrownBy(() -> run(study("explainers: [good]").replace("roc-auc", "roc-uac")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("unknown metric 'roc-uac'; did you mean 'roc-auc'");
        assertThatThrownBy(() -> run(study("explainers: [good]").replace("roc-auc", "'sparsity:element=edges'")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("unknown option of metric sparsity 'element'; did you mean 'elements'");
    }

    @Test
    void aSuiteOfTheUsersOwnIsReadFromItsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), HEAD + study("explainers: [degree]"));

        assertThat(world.bench.read(file).name()).isEqualTo("mine");
        BenchResult result = world.bench.run(BenchRequest.of(world.bench.read(file), out()), TaskMonitor.NONE);
        assertThat(result.models())
                .extracting(trained -> trained.stored().name())
                .containsExactly("mine-house-gcn");
        assertThat(result.files()).containsExactly(out().resolve("report.md"));
        assertThat(world.written).hasSize(1);
    }

    @Test
    void filesThatAreNoSuitesAreNamed() throws IOException {
        Path text = Files.writeString(directory.resolve("suite.txt"), HEAD);
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'t', ':', ' ', (byte) 0xe4, '\n'});
        Path missing = directory.resolve("missing.yml");
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"datasets\": [}");

        assertThatThrownBy(() -> world.bench.read(text))
                .isInstanceOf(DataFormatException.class)
                .hasMessage(text + " is no suite by its name: a suite is a file that ends in .yaml, .yml or .json");
        assertThatThrownBy(() -> world.bench.read(latin)).hasMessage(latin + " is not written in UTF-8; save it so");
        assertThatThrownBy(() -> world.bench.read(missing))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("there is no suite " + missing + ": name a file that exists, or a suite of the product");
        assertThatThrownBy(() -> world.bench.read(broken))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith(broken + ":1:15: this is no YAML: ");
    }

    @Test
    void lanesAndDevicesThatAreNoneAreRefused() {
        BenchRequest request = BenchRequest.of(World.suite(HEAD + study("explainers: [degree]")), out());

        assertThatThrownBy(() -> world.bench.run(
                        new BenchRequest(
                                request.suite(), out(), OptionalInt.empty(), List.of(), false, -1, Optional.empty()),
                        TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the number of lanes must be 0 (all) or more, not -1");
        assertThatThrownBy(() -> world.bench.run(
                        new BenchRequest(
                                request.suite(), out(), OptionalInt.empty(), List.of(), false, 0, Optional.of("gpu7")),
                        TaskMonitor.NONE))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("unknown device 'gpu7'");
        assertThatThrownBy(() -> world.bench.plan(new BenchRequest(
                        request.suite(), out(), OptionalInt.of(0), List.of(), false, 0, Optional.empty())))
                .hasMessage("the number of seeds must be 1 or more, not 0");
    }

    @Test
    void lanesDoNotChangeNumbers() {
        String document = HEAD + study("explainers: [good, pg], baselines: [random]");
        BenchResult many = world.run(document, directory.resolve("many"));
        BenchResult one = world.bench.run(
                new BenchRequest(
                        World.suite(document),
                        directory.resolve("one"),
                        OptionalInt.empty(),
                        List.of(),
                        false,
                        1,
                        Optional.of("cpu")),
                TaskMonitor.NONE);

        assertThat(one.lanes()).isEqualTo(1);
        assertThat(BenchServiceTest.numbers(one)).isEqualTo(BenchServiceTest.numbers(many));
        assertThat(one.choices()).isEqualTo(many.choices());
    }

    @Test
    void examplesThatAreNotExplainedAreNotDrawn() {
        Listener listener = new Listener();
        BenchResult result = world.bench.run(
                BenchRequest.of(
                        World.suite(HEAD.replace("\"500..510:5\"}", "\"500..510:5\", examples: [405, 600]}")
                                + study("explainers: [good]")),
                        out()),
                listener);

        assertThat(listener.messages)
                .containsExactly(
                        "note: of the examples of data set 'house', only [405] are among its targets; others are not drawn");
        Path example = result.tables().get(0).examples().get(0).file();
        assertThat(world.services.explanationFiles().read(example).explanations())
                .extracting(explanation -> explanation.target().id())
                .containsExactly(405);
    }

    @Test
    void withoutAWriterTheResultsAreTold() {
        Listener listener = new Listener();
        BenchResult result = new BenchService(world.services, new Shipped(Map.of()))
                .run(BenchRequest.of(World.suite(HEAD + study("explainers: [degree]")), out()), listener);

        assertThat(result.files()).containsExactly(out().resolve(Journal.FILE));
        assertThat(listener.messages)
                .containsExactly("note: nothing is installed that writes reports; the results are in "
                        + out().resolve(Journal.FILE));
    }
}
