package org.aitia.explanations.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.explain.TrainedExplainer;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.StoredModel;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;

/**
 * A request that has been checked: what is explained, by whom, with which options.
 *
 * @param request as asked
 * @param input model and data
 * @param use the explainer, taken into use
 * @param options every option of the explainer
 * @param trained what was learnt before, if the request names it
 * @param targets never empty, unless the data set is
 */
record ExplanationJob(
        ExplanationRequest request,
        ExplanationInput input,
        ExplainerRegistry.Use use,
        Map<String, String> options,
        Optional<TrainedExplainer> trained,
        List<Integer> targets) {

    /** Checks a request against its model and data. */
    static ExplanationJob of(
            ExplanationRequest request,
            ExplanationInput input,
            ExplainerRegistry.Use use,
            Optional<TrainedExplainer> trained) {
        StoredModel description = input.description();
        Explainer explainer = use.explainer();
        checkFit(explainer.info(), description.info());
        checkTask(description, input.dataset());
        if (request.type() == ExplanationType.PHENOMENON && description.info().isRegression()) {
            throw new InvalidRequestException("model '" + description.name()
                    + "' predicts a number, so there is no class of the data to explain; ask for type model");
        }
        Map<String, String> options;
        if (trained.isPresent() && explainer instanceof TrainableExplainer trainable) {
            options = TrainedOptions.merge(trainable, trained.get(), request);
            TrainedOptions.checkModel(trained.get(), description);
        } else {
            options = complete(explainer.options(), request.options());
        }
        return new ExplanationJob(request, input, use, options, trained, targets(request, input));
    }

    /** What can be refused before anything is loaded. */
    static void checkOptions(ExplanationRequest request, Explainer explainer) {
        complete(explainer.options(), request.options());
        if (request.trained().isPresent() && !(explainer instanceof TrainableExplainer)) {
            throw new InvalidRequestException("explainer '" + request.explainer()
                    + "' has nothing to learn, so there is no trained one '"
                    + request.trained().get() + "' of it; leave the trained explainer out");
        }
    }

    static <T extends Record> Map<String, String> complete(OptionSchema<T> schema, Map<String, String> given) {
        return schema.format(schema.parse(given));
    }

    static void checkFit(ExplainerInfo explainer, ModelInfo model) {
        if (!explainer.tasks().contains(model.shape().task())) {
            throw new InvalidRequestException("explainer '" + explainer.name() + "' explains "
                    + lowerCase(explainer.tasks()) + " tasks, not "
                    + model.shape().task().name().toLowerCase(Locale.ROOT) + " tasks");
        }
        if (!explainer.edgeMasks().contains(model.edgeMasks())) {
            throw new InvalidRequestException("explainer '" + explainer.name()
                    + "' needs a model that honours edge masks by " + lowerCase(explainer.edgeMasks()) + "; '"
                    + model.architecture() + "' does by " + lowerCase(List.of(model.edgeMasks()))
                    + "; any model trained here will do, or an imported one that takes edge weights");
        }
    }

    static void checkTask(StoredModel description, Dataset dataset) {
        Task task = description.info().shape().task();
        if (dataset.info().task() != task) {
            throw new InvalidRequestException("model '" + description.name() + "' is for " + lowerCase(List.of(task))
                    + " tasks, data set '" + dataset.info().name() + "' is about a "
                    + lowerCase(List.of(dataset.info().task())) + " task; choose a data set of the model's task");
        }
    }

    static String lowerCase(Iterable<? extends Enum<?>> values) {
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add(value.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        return names.stream().sorted().collect(Collectors.joining(" or "));
    }

    private static List<Integer> targets(ExplanationRequest request, ExplanationInput input) {
        int count = input.dataset().instanceCount();
        if (request.targets().isEmpty()) {
            return IntStream.range(0, count).boxed().toList();
        }
        for (int target : request.targets()) {
            if (target < 0 || target >= count) {
                throw new InvalidRequestException(
                        lowerCase(List.of(input.description().info().shape().task())) + " " + target
                                + " is out of range; data set '"
                                + input.dataset().info().name() + "' has 0.." + (count - 1));
            }
        }
        return request.targets();
    }

    StoredModel description() {
        return input.description();
    }

    ModelInfo model() {
        return input.description().info();
    }

    Dataset dataset() {
        return input.dataset();
    }

    Explainer explainer() {
        return use.explainer();
    }

    String instance(int target) {
        return lowerCase(List.of(model().shape().task())) + " " + target;
    }

    String explainerAndBundle() {
        return "explainer '" + request.explainer() + "' of " + use.bundle();
    }

    ComputationGraph computationGraph(int target) {
        Dataset data = dataset();
        int hops = model().hops();
        return switch (data.info().task()) {
            case NODE -> ComputationGraph.of(data.graph(), target, hops);
            case GRAPH -> ComputationGraph.whole(data.graphs().get(target));
            case LINK -> ComputationGraph.ofLink(data.graph(), data.linkSource(target), data.linkTarget(target), hops);
        };
    }

    double storedFeaturesPerNode() {
        return model().shape().task() == Task.GRAPH
                ? dataset().featureCount()
                : dataset().graph().features().storedValues()
                        / (double) Math.max(1, dataset().graph().nodeCount());
    }

    /** Options and identity of what was learnt before. */
    private static final class TrainedOptions {
        private TrainedOptions() {}

        /**
         * What it was trained with, except for options that training does not read: those are the request's. A request
         * that contradicts the training is refused rather than half obeyed.
         */
        static Map<String, String> merge(
                TrainableExplainer explainer, TrainedExplainer trained, ExplanationRequest request) {
            if (!trained.explainer().equals(request.explainer())) {
                throw new InvalidRequestException("trained explainer '" + trained.name() + "' is a '"
                        + trained.explainer() + "', not a '" + request.explainer() + "'; ask for explainer '"
                        + trained.explainer() + "', or name another trained one");
            }
            if (trained.type() != request.type()) {
                throw new InvalidRequestException("trained explainer '" + trained.name() + "' was trained for type "
                        + lowerCase(List.of(trained.type())) + ", not " + lowerCase(List.of(request.type()))
                        + "; ask for that type, or train again: " + command(trained) + " --type "
                        + lowerCase(List.of(request.type())));
            }
            OptionSchema<?> schema = explainer.options();
            Map<String, String> merged;
            try {
                merged = new LinkedHashMap<>(complete(schema, trained.learnt().options()));
            } catch (InvalidRequestException e) {
                throw new InvalidRequestException(
                        "trained explainer '" + trained.name() + "' was trained by " + trained.explainerBundle()
                                + ", whose options are others: " + e.getMessage() + "; train again: "
                                + command(trained),
                        e);
            }
            Map<String, String> given = complete(schema, request.options());
            for (OptionSpec option : schema.specs()) {
                boolean named = request.options().containsKey(option.name())
                        || option.aliases().stream().anyMatch(request.options()::containsKey);
                String before = merged.get(option.name());
                String now = given.get(option.name());
                if (named && explainer.explainingOptions().contains(option.name())) {
                    merged.put(option.name(), now);
                } else if (named && !now.equals(before)) {
                    throw new InvalidRequestException("trained explainer '" + trained.name() + "' was trained with "
                            + option.name() + "=" + before + ", the request says " + option.name() + "=" + now
                            + "; leave that option out, or train again with it: " + command(trained));
                }
            }
            return complete(schema, merged);
        }

        static void checkModel(TrainedExplainer trained, StoredModel model) {
            if (!trained.modelDigest().equals(model.weightsDigest())) {
                throw new InvalidRequestException("trained explainer '" + trained.name()
                        + "' belongs to other weights of a model (it learnt from '" + trained.model() + "', "
                        + brief(trained.modelDigest()) + "; '" + model.name() + "' is " + brief(model.weightsDigest())
                        + "); train again: train-explainer -m " + model.name() + " -x " + trained.explainer());
            }
        }

        private static String brief(String digest) {
            return digest.substring(0, Math.min(digest.length(), 19));
        }

        private static String command(TrainedExplainer trained) {
            return "train-explainer -m " + trained.model() + " -x " + trained.explainer();
        }
    }
}
