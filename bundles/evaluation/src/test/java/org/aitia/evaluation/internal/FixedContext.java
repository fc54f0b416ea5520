package org.aitia.evaluation.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationInput;
import org.aitia.api.explain.ExplanationRequest;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.Variant;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.model.ModelShape;

/** A context whose model is a function that a test gives. */
final class FixedContext implements MetricContext {
    private final ExplanationResult result;
    private final Dataset dataset;
    private final int classes;
    private final Function<Variant, double[]> model;
    private final Function<Long, ExplanationResult> explainer;

    FixedContext(ExplanationResult result, Dataset dataset) {
        this(result, dataset, 2, v -> new double[] {0.8, 0.2}, seed -> result);
    }

    FixedContext(
            ExplanationResult result,
            Dataset dataset,
            int classes,
            Function<Variant, double[]> model,
            Function<Long, ExplanationResult> explainer) {
        this.result = result;
        this.dataset = dataset;
        this.classes = classes;
        this.model = model;
        this.explainer = explainer;
    }

    @Override
    public ExplanationResult result() {
        return result;
    }

    @Override
    public Dataset dataset() {
        return dataset;
    }

    @Override
    public ModelInfo model() {
        return new ModelInfo(
                "gcn",
                new ModelShape(dataset.info().task(), Math.max(1, dataset.featureCount()), classes),
                java.util.Map.of(),
                2,
                EdgeMaskSupport.MESSAGE);
    }

    @Override
    public List<double[]> predict(List<Variant> variants) {
        List<double[]> outputs = new ArrayList<>();
        variants.forEach(v -> outputs.add(model.apply(v)));
        return outputs;
    }

    @Override
    public ExplanationResult explain(UnaryOperator<ExplanationRequest> change) {
        return explainer.apply(change.apply(ExplanationRequest.of(result)).seed());
    }

    @Override
    public ExplanationResult explain(UnaryOperator<ExplanationRequest> change, UnaryOperator<ExplanationInput> input) {
        return explain(change);
    }

    @Override
    public long seed() {
        return 11;
    }

    @Override
    public TaskMonitor monitor() {
        return TaskMonitor.NONE;
    }
}
