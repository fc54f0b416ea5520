package org.aitia.api.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.aitia.api.NotFoundException;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.metric.Metrics;

/**
 * What a benchmark runs: a plain file, read and checked. Immutable.
 *
 * <p>Data sets, models and explainers are defined once and named by studies, each of which is a full product of them.
 *
 * @param name of the suite, as typed
 * @param title of the report
 * @param text Markdown at the top of the report; may be empty
 * @param confidence level of all intervals, in (0, 1)
 * @param datasets by label, in the order of the file
 * @param models by label, in the order of the file
 * @param explainers by label, in the order of the file
 * @param studies in the order of the file; at least one
 * @param document the file as it was read
 */
public record Suite(
        String name,
        String title,
        String text,
        double confidence,
        List<Data> datasets,
        List<Model> models,
        List<Contender> explainers,
        List<Study> studies,
        String document) {
    /** Copies the lists. */
    public Suite {
        datasets = List.copyOf(datasets);
        models = List.copyOf(models);
        explainers = List.copyOf(explainers);
        studies = List.copyOf(studies);
    }

    /**
     * Returns a data set.
     *
     * @param label as a study names it
     * @return the data set
     * @throws NotFoundException if there is none
     */
    public Data dataset(String label) {
        return datasets.stream()
                .filter(data -> data.label().equals(label))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "data set of suite " + name,
                        label,
                        datasets.stream().map(Data::label).toList()));
    }

    /**
     * Returns a model.
     *
     * @param label as a study names it
     * @return the model
     * @throws NotFoundException if there is none
     */
    public Model model(String label) {
        return models.stream()
                .filter(model -> model.label().equals(label))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "model of suite " + name,
                        label,
                        models.stream().map(Model::label).toList()));
    }

    /**
     * Returns an explainer.
     *
     * @param label as a study names it
     * @return the explainer
     * @throws NotFoundException if there is none
     */
    public Contender explainer(String label) {
        return explainers.stream()
                .filter(explainer -> explainer.label().equals(label))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "explainer of suite " + name,
                        label,
                        explainers.stream().map(Contender::label).toList()));
    }

    /**
     * A data set and the instances of it that are explained.
     *
     * @param label within the suite
     * @param title for tables
     * @param dataset name of a data set
     * @param options of the data set, as typed
     * @param targets instances that are explained: ranges ({@code 400..699:5,700}), {@code all}, or words that narrow
     *     down: {@code train}, {@code val}, {@code test} (of the split), {@code truth} (that have a true explanation),
     *     {@code class K}, {@code sample N} (so many of them, always the same)
     * @param validation instances on which settings are chosen, written like the targets; empty if there are none
     * @param examples instances that the report draws; the first targets if empty
     */
    public record Data(
            String label,
            String title,
            String dataset,
            Map<String, String> options,
            String targets,
            Optional<String> validation,
            List<Integer> examples) {
        /** Copies. */
        public Data {
            options = Map.copyOf(options);
            examples = List.copyOf(examples);
        }
    }

    /**
     * A model that is trained on every data set it is studied with.
     *
     * @param label within the suite
     * @param title for tables
     * @param text one line under tables; may be empty
     * @param recipe how it is trained
     * @param exceptions other recipes, by label of the data set; whole ones, not only what differs
     */
    public record Model(String label, String title, String text, Recipe recipe, Map<String, Recipe> exceptions) {
        /** Copies. */
        public Model {
            exceptions = Map.copyOf(exceptions);
        }

        /**
         * Returns how it is trained on a data set.
         *
         * @param dataset label of the data set
         * @return the exception for the data set, or the recipe of all
         */
        public Recipe recipe(String dataset) {
            return exceptions.getOrDefault(dataset, recipe);
        }
    }

    /**
     * How a model is trained.
     *
     * @param architecture name of an architecture
     * @param options of architecture and trainer, as typed; of an exception: all of them, not only what differs
     * @param seed of initialisation and training
     */
    public record Recipe(String architecture, Map<String, String> options, long seed) {
        /** Copies. */
        public Recipe {
            options = Map.copyOf(options);
        }
    }

    /**
     * An explainer with its options.
     *
     * @param label within the suite
     * @param title for tables
     * @param explainer name of an explainer
     * @param options as typed
     * @param seeds how many runs at most, because all would be the same; empty for as many as the study asks for
     * @param tuning how its settings are chosen; empty if they are given
     * @param exceptions all options, by {@code DATASET}, {@code DATASET/MODEL} or <code>&#42;/MODEL</code>
     */
    public record Contender(
            String label,
            String title,
            String explainer,
            Map<String, String> options,
            OptionalInt seeds,
            Optional<Tuning> tuning,
            Map<String, Map<String, String>> exceptions) {
        /** Copies. */
        public Contender {
            options = Map.copyOf(options);
            exceptions = Map.copyOf(exceptions);
        }

        /**
         * Returns its options on a data set and model, without those that are still to be chosen.
         *
         * @param dataset label of the data set
         * @param model label of the model
         * @return of the exceptions, {@code DATASET/MODEL} goes before {@code DATASET}, and that before <code>&#42;/MODEL
         *     </code>
         */
        public Map<String, String> options(String dataset, String model) {
            for (String key : List.of(dataset + "/" + model, dataset, "*/" + model)) {
                if (exceptions.containsKey(key)) {
                    return Map.copyOf(exceptions.get(key));
                }
            }
            return options;
        }
    }

    /**
     * Settings of which the best on the validation instances is used.
     *
     * @param seeds runs per setting, whose mean counts
     * @param settings options that are added to those of the explainer; at least one
     */
    public record Tuning(int seeds, List<Map<String, String>> settings) {
        /** Copies. */
        public Tuning {
            settings = List.copyOf(settings);
        }
    }

    /**
     * Every explainer on every data set, model and type: one table for each of the latter three.
     *
     * @param label within the suite
     * @param title of the section
     * @param text Markdown of the section; may be empty
     * @param datasets labels
     * @param models labels
     * @param types of what is explained: the prediction, or the true label
     * @param explainers labels
     * @param baselines labels of explainers that the others are compared with; they are among the explainers
     * @param metrics which; at least one
     * @param rankBy the column that ranks explainers and chooses settings: name of a metric, with options as its
     *     column is called
     * @param seeds how many runs, with seeds 0, 1, ...
     * @param curves scores by how much is kept; empty for none
     * @param goals what should be reached
     */
    public record Study(
            String label,
            String title,
            String text,
            List<String> datasets,
            List<String> models,
            List<ExplanationType> types,
            List<String> explainers,
            List<String> baselines,
            List<Metrics.Selection> metrics,
            String rankBy,
            int seeds,
            Optional<Curves> curves,
            List<Goal> goals) {
        /** Copies. */
        public Study {
            datasets = List.copyOf(datasets);
            models = List.copyOf(models);
            types = List.copyOf(types);
            explainers = List.copyOf(explainers);
            baselines = List.copyOf(baselines);
            metrics = List.copyOf(metrics);
            goals = List.copyOf(goals);
        }
    }

    /**
     * Metrics at several thresholds. Each point is a column of the table, with the option {@code
     * threshold=fraction:F} added.
     *
     * @param metrics that take the option
     * @param fractions shares of elements that are kept, each in (0, 1], rising
     * @param seeds how many of the study's runs are measured so
     */
    public record Curves(List<Metrics.Selection> metrics, List<Double> fractions, int seeds) {
        /** Copies. */
        public Curves {
            metrics = List.copyOf(metrics);
            fractions = List.copyOf(fractions);
        }
    }

    /**
     * What some explainer should reach in every table that it is about, or, with {@code any}, in one of them.
     *
     * @param explainers labels, of which the best counts
     * @param datasets labels; each must be reached
     * @param models labels; each must be reached
     * @param types each must be reached, unless {@code any}
     * @param any whether the best of the types counts
     * @param column what is compared: the mean over seeds
     * @param atLeast the least value, or the greatest where less is better; empty if it is compared with a baseline
     * @param above label of the explainer that must be exceeded; empty if a value is given
     * @param by how much it must be exceeded
     * @param source where the figure comes from; may be empty
     */
    public record Goal(
            List<String> explainers,
            List<String> datasets,
            List<String> models,
            List<ExplanationType> types,
            boolean any,
            String column,
            Optional<Double> atLeast,
            Optional<String> above,
            double by,
            String source) {
        /** Copies. */
        public Goal {
            explainers = List.copyOf(explainers);
            datasets = List.copyOf(datasets);
            models = List.copyOf(models);
            types = List.copyOf(types);
        }
    }
}
