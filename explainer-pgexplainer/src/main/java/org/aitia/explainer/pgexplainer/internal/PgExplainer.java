package org.aitia.explainer.pgexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplainerTraining;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.LearntWeights;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.TrainableExplainer;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.option.OptionSchema;
import org.osgi.service.component.annotations.Component;

/**
 * PGExplainer (Luo, Cheng, Xu, Yu, Zong, Chen, Zhang: Parameterized Explainer for Graph Neural Network, NeurIPS 2020),
 * numerically as in PyTorch Geometric, for many targets at once.
 */
@Component(service = Explainer.class, property = "aitia.name=pgexplainer")
public final class PgExplainer implements TrainableExplainer {
    private static final OptionSchema<PgExplainerOptions> OPTIONS = OptionSchema.of(PgExplainerOptions.class);

    private static final ExplainerInfo INFO = new ExplainerInfo(
            "pgexplainer",
            "PGExplainer",
            "Trains one network that scores edges from the model's embeddings of their ends; afterwards it explains any"
                    + " target, also unseen ones, in one pass.",
            "Luo, Cheng, Xu, Yu, Zong, Chen, Zhang: Parameterized Explainer for Graph Neural Network, NeurIPS 2020",
            Set.of(Task.NODE, Task.GRAPH, Task.LINK),
            Set.of(EdgeMaskSupport.MESSAGE, EdgeMaskSupport.EDGE_WEIGHT));

    @Override
    public ExplainerInfo info() {
        return INFO;
    }

    @Override
    public OptionSchema<?> options() {
        return OPTIONS;
    }

    @Override
    public Set<String> explainingOptions() {
        return Set.of("explainTemperature");
    }

    @Override
    public LearntWeights train(ExplainerTraining training) {
        checkMasks(training.session().model().info());
        PgExplainerOptions options = OPTIONS.parse(training.options());
        return new PgTraining(training, options, List.of(), Noise.SEEDED, (epoch, loss) -> {})
                .run(OPTIONS.format(options));
    }

    static void checkMasks(ModelInfo model) {
        if (model.edgeMasks() == EdgeMaskSupport.NONE) {
            throw new InvalidRequestException("this model takes no edge weights, so pgexplainer cannot mask its edges;"
                    + " import it with a forward that takes edge weights, or ask explainer 'occlusion'");
        }
    }

    @Override
    public List<MaskValues> explain(ExplanationBatch batch) {
        LearntWeights learnt = batch.learnt()
                .orElseThrow(() -> new InvalidRequestException(
                        "pgexplainer explains with what it has learnt, and was not given anything: train it first"));
        checkMasks(batch.session().model().info());
        batch.monitor().checkCancelled();
        PgExplainerOptions options = OPTIONS.parse(learnt.options());
        float[][] masks = batch.graphs().splitEdges(mask(batch, learnt, options));
        List<MaskValues> results = new ArrayList<>();
        for (float[] mask : masks) {
            Map<String, Double> diagnostics = new LinkedHashMap<>();
            learnt.metrics().forEach((name, value) -> {
                if (name.equals("loss") || name.equals("epochs")) {
                    diagnostics.put("training " + name, value);
                }
            });
            results.add(new MaskValues(mask, FeatureMaskType.NODE, new float[0], diagnostics));
        }
        return results;
    }

    private static float[] mask(ExplanationBatch batch, LearntWeights learnt, PgExplainerOptions options) {
        double temperature = OPTIONS.parse(batch.options()).explainTemperature();
        EdgeTable edges = new EdgeTable(batch.graphs(), false, options.undirected());
        float[] mask = new float[edges.inBatch()];
        if (mask.length == 0) {
            return mask;
        }
        try (GradientMode off = batch.engine().gradientMode(false);
                TensorScope scope = batch.engine().openScope()) {
            EdgeInputs inputs = EdgeInputs.of(batch, edges, options.embeddings());
            int parts = EdgeInputs.parts(batch.session().model().info().shape().task());
            int width = (int) inputs.embeddings().getShape().get(1);
            try (Mlp mlp = new Mlp(batch.engine(), batch.manager(), learnt.parameters(), parts, width)) {
                NDArray logits = mlp.logits(inputs);
                float[] values = inputs.tied(batch, Activation.sigmoid(logits.div(temperature)))
                        .toFloatArray();
                for (int e = 0; e < mask.length; e++) {
                    mask[e] = edges.isLoop(e) ? 0 : values[e]; // a model never masks self-loops
                    if (!Float.isFinite(values[e])) {
                        throw Divergence.inExplaining(batch.targets().get(edges.blocks()[e]), logits.toFloatArray());
                    }
                }
            }
        }
        return mask;
    }

    @Override
    public long workingSetBytes(long nodes, long edges, ModelInfo model, Map<String, String> options) {
        long widest = 0;
        for (int width : OPTIONS.parse(options).widths()) {
            widest = Math.max(widest, width);
        }
        return (3 * nodes + 6 * edges) * widest * Float.BYTES + edges * 24 * Float.BYTES;
    }
}
