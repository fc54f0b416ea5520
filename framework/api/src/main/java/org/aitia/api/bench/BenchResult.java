package org.aitia.api.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.Estimate;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.model.StoredModel;

/**
 * What came of a suite. Immutable.
 *
 * @param request what was run
 * @param tables one per study, data set, model and type, in the order of the suite
 * @param models every model that was trained
 * @param choices settings that were chosen
 * @param goals of all studies, one per data set, model and type (or all types), in the order of the suite
 * @param failures data sets, models and cells that failed
 * @param cells how many cells there are
 * @param reused how many of them had been measured before
 * @param seconds wall-clock time of this run
 * @param computed seconds that all cells and trainings took, added up, whenever they ran
 * @param started when this run began
 * @param device where it was computed
 * @param lanes how many cells ran at once
 * @param libraries versions of Aitia and of what computed
 * @param files that were written, the report first
 */
public record BenchResult(
        BenchRequest request,
        List<Table> tables,
        List<Trained> models,
        List<Choice> choices,
        List<Reached> goals,
        List<Failure> failures,
        int cells,
        int reused,
        double seconds,
        double computed,
        Instant started,
        String device,
        int lanes,
        Map<String, String> libraries,
        List<Path> files) {
    /** Copies. */
    public BenchResult {
        tables = List.copyOf(tables);
        models = List.copyOf(models);
        choices = List.copyOf(choices);
        goals = List.copyOf(goals);
        failures = List.copyOf(failures);
        libraries = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(libraries));
        files = List.copyOf(files);
    }

    /**
     * Returns this result with other files.
     *
     * @param written that were written
     * @return a copy
     */
    public BenchResult withFiles(List<Path> written) {
        return new BenchResult(
                request, tables, models, choices, goals, failures, cells, reused, seconds, computed, started, device,
                lanes, libraries, written);
    }

    /**
     * One table.
     *
     * @param study label of the study
     * @param dataset label of the data set
     * @param model label of the model
     * @param type of what was explained
     * @param comparison rows are labelled with the labels of explainers; columns are the study's metrics, the points of its
     *     curves, seconds, oracle calls and, where it was measured, native memory
     * @param examples explanations of the data set's examples with the first seed
     */
    public record Table(
            String study,
            String dataset,
            String model,
            ExplanationType type,
            Comparison comparison,
            List<Example> examples) {
        /** Copies. */
        public Table {
            examples = List.copyOf(examples);
        }
    }

    /**
     * Stored explanations of a few targets.
     *
     * @param explainer label of the explainer
     * @param file as {@link org.aitia.api.explain.ExplanationIo} reads it
     */
    public record Example(String explainer, Path file) {}

    /**
     * A model that was trained for the suite; it stays in the store.
     *
     * @param dataset label of the data set
     * @param model label of the model
     * @param stored with its accuracies
     */
    public record Trained(String dataset, String model, StoredModel stored) {}

    /**
     * How settings of an explainer were chosen.
     *
     * @param study label of the study
     * @param dataset label of the data set
     * @param model label of the model
     * @param type of what was explained
     * @param explainer label of the explainer
     * @param column by which they were chosen
     * @param trials every setting that was tried, in the order of the suite
     * @param chosen which of them was used; -1 if all failed
     */
    public record Choice(
            String study,
            String dataset,
            String model,
            ExplanationType type,
            String explainer,
            String column,
            List<Trial> trials,
            int chosen) {
        /** Copies. */
        public Choice {
            trials = List.copyOf(trials);
        }
    }

    /**
     * One setting that was tried.
     *
     * @param options that were added to those of the explainer
     * @param score on the validation instances, over seeds
     * @param failure why it has no score, one line; empty if it has
     */
    public record Trial(Map<String, String> options, Estimate score, String failure) {
        /** Copies. */
        public Trial {
            options = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(options));
        }
    }

    /**
     * Whether a goal was reached.
     *
     * @param study label of the study
     * @param goal the goal
     * @param dataset label of the data set
     * @param model label of the model
     * @param type of what was explained: the best one, if any would do
     * @param explainer label of the best explainer of the goal; empty if none could be measured
     * @param value its mean over seeds; NaN if none could be measured
     * @param bound what had to be reached; NaN if the baseline could not be measured
     * @param met whether the value is at least the bound
     */
    public record Reached(
            String study,
            Suite.Goal goal,
            String dataset,
            String model,
            ExplanationType type,
            Optional<String> explainer,
            double value,
            double bound,
            boolean met) {}

    /**
     * Something that failed by itself. What failed because of it, as cells of a model that could not be trained, is not
     * listed: their rows tell.
     *
     * @param what a data set, a model or a cell
     * @param reason why, one line
     */
    public record Failure(String what, String reason) {}
}
