package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.Explanations;
import org.aitia.api.explain.Provenance;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.Metrics.ScoreRequest;
import org.aitia.api.metric.Variant;
import org.aitia.api.model.ModelInfo;

/** What the metrics of one request see. Used by one thread. */
final class ScoreContext implements MetricContext {
    private final ScoreRequest request;
    private final Explanations explanations;
    private final DeviceManager devices;
    private final TaskMonitor monitor;
    private final Dataset dataset;
    private final Optional<ExplanationInput> input;
    private final String missing; // why there is no input
    private List<double[]> unchanged = List.of(); // one per explanation, once asked for

    private ScoreContext(
            ScoreRequest request,
            Explanations explanations,
            DeviceManager devices,
            TaskMonitor monitor,
            Dataset dataset,
            Optional<ExplanationInput> input,
            String missing) {
        this.request = request;
        this.explanations = explanations;
        this.devices = devices;
        this.monitor = monitor;
        this.dataset = dataset;
        this.input = input;
        this.missing = missing;
    }

    /**
     * Loads what the explanations are about, and checks that it is what they were made with.
     *
     * @throws NotFoundException if the data is not there; a model that is not there is missed by those metrics only that
     *     need it
     */
    static ScoreContext open(
            ScoreRequest request,
            Explanations explanations,
            Datasets datasets,
            DeviceManager devices,
            TaskMonitor monitor) {
        Provenance made = request.result().provenance();
        Optional<ExplanationInput> input = request.input();
        String missing = "";
        Dataset dataset;
        if (input.isPresent()) {
            dataset = input.get().dataset();
        } else {
            try {
                input = Optional.of(explanations.load(
                        request.request().orElseGet(() -> ExplanationRequest.of(request.result())), monitor));
                dataset = input.get().dataset();
            } catch (NotFoundException e) {
                // the model, or else this fails as well
                dataset = datasets.load(made.dataset(), made.datasetOptions(), monitor);
                missing = e.getMessage();
            }
        }
        checkData(made, dataset);
        input.ifPresent(loaded -> checkModel(made, loaded));
        return new ScoreContext(request, explanations, devices, monitor, dataset, input, missing);
    }

    private static void checkData(Provenance made, Dataset dataset) {
        if (!made.datasetDigest().equals(dataset.digest())) {
            throw new InvalidRequestException("the explanations were made with data '" + made.dataset() + "' ("
                    + made.datasetDigest() + "), but '" + dataset.info().name() + "' here is another ("
                    + dataset.digest() + "); load the data with the same options, or explain again");
        }
    }

    private static void checkModel(Provenance made, ExplanationInput loaded) {
        String digest = loaded.description().weightsDigest();
        if (!made.modelDigest().equals(digest)) {
            throw new InvalidRequestException("the explanations were made with model '" + made.model() + "' ("
                    + made.modelDigest() + "), but '" + loaded.description().name() + "' here is another (" + digest
                    + "); explain again with this model, or bring the former one back");
        }
    }

    Task task() {
        return dataset.info().task();
    }

    private ExplanationInput input() {
        return input.orElseThrow(() -> new InvalidRequestException(
                "the model '" + request.result().provenance().model() + "' is needed, but cannot be had: " + missing));
    }

    @Override
    public ExplanationResult result() {
        return request.result();
    }

    @Override
    public Dataset dataset() {
        return dataset;
    }

    @Override
    public ModelInfo model() {
        return input().model().info();
    }

    @Override
    public List<double[]> predict(List<Variant> variants) {
        List<Explanation> all = request.result().explanations();
        if (variants instanceof Variants lazy) {
            // the kind of the first is that of all
            return lazy.isEmpty() ? List.of() : run(lazy, lazy.get(0).hard());
        }
        int[] plain = IntStream.range(0, variants.size())
                .filter(i ->
                        variants.get(i).edges().length == 0 && variants.get(i).features().length == 0)
                .toArray();
        if (plain.length > 0 && unchanged.isEmpty()) {
            // most metrics ask for this first
            unchanged = run(new Variants(all.size(), 1, (i, k) -> Variant.unchanged(i)), false);
        }
        double[][] outputs = new double[variants.size()][];
        for (int i : plain) {
            outputs[i] = unchanged.get(variants.get(i).explanation()).clone();
        }
        for (boolean hard : List.of(false, true)) {
            int[] own = IntStream.range(0, outputs.length)
                    .filter(i -> outputs[i] == null && variants.get(i).hard() == hard)
                    .toArray();
            List<double[]> found =
                    run(Arrays.stream(own).mapToObj(variants::get).toList(), hard);
            for (int i = 0; i < own.length; i++) {
                outputs[own[i]] = found.get(i);
            }
        }
        return Collections.unmodifiableList(Arrays.asList(outputs));
    }

    private List<double[]> run(List<Variant> variants, boolean hard) {
        if (variants.isEmpty()) {
            return List.of();
        }
        Optional<String> device = request.request().flatMap(ExplanationRequest::deviceId);
        return new VariantRun(input(), request.result().explanations(), devices, device, monitor, variants, hard).run();
    }

    @Override
    public ExplanationResult explain(UnaryOperator<ExplanationRequest> change) {
        return explain(change, UnaryOperator.identity());
    }

    @Override
    public ExplanationResult explain(
            UnaryOperator<ExplanationRequest> change, UnaryOperator<ExplanationInput> otherInput) {
        List<Integer> targets = new ArrayList<>();
        request.result().explanations().forEach(x -> targets.add(x.target().id()));
        ExplanationRequest again = request.request()
                .orElseGet(() -> ExplanationRequest.of(request.result()))
                .withTargets(targets);
        return explanations.explain(change.apply(again), otherInput.apply(input()), monitor);
    }

    @Override
    public long seed() {
        return request.seed();
    }

    @Override
    public TaskMonitor monitor() {
        return monitor;
    }
}
