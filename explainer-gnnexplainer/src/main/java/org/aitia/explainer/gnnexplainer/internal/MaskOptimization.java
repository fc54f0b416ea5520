package org.aitia.explainer.gnnexplainer.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.aitia.api.engine.GradientMode;
import org.aitia.api.engine.TensorEngine;
import org.aitia.api.engine.TensorScope;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.Masks;
import org.aitia.api.model.ModelShape;
import org.aitia.explainer.gnnexplainer.internal.GnnExplainerOptions.EdgeAttributeMask;
import org.aitia.explainer.gnnexplainer.internal.GnnExplainerOptions.EntropyMean;
import org.aitia.explainer.gnnexplainer.internal.GnnExplainerOptions.Reduction;
import org.aitia.explainer.gnnexplainer.internal.GnnExplainerOptions.Sparsity;

/**
 * The optimisation loop of GNNExplainer for one batch.
 *
 * <p>Each block b minimises, over its masks M = sigmoid(parameters) (Ying et al., equations 5 and 6 with the
 * regularisers of section 4; coefficients as in PyG):
 *
 * <pre>
 * -log P(class | G masked by M) + edgeSize * sum(M_E) + edgeEnt * mean(H(M_E))
 *                               + nodeFeatSize * mean(M_F) + nodeFeatEnt * mean(H(M_F))
 * </pre>
 *
 * with the element-wise entropy H(m) = -m log m - (1 - m) log(1 - m). The sum of the blocks' losses is differentiated
 * once; as blocks share no parameter, each gets its own gradient.
 *
 * <p>As in PyG the first step has no regularisers, and only elements with a non-zero gradient in it (the "hard" mask)
 * are regularised later and appear in the result: the others cannot influence the prediction.
 *
 * <p>Sparse runs replace the regularisers by a price per element, see {@link ProximalMask} and {@link GateMask}. Terms
 * that the request adds count from the second step on.
 */
final class MaskOptimization implements AutoCloseable {
    /** Parameter, gradient, two moments, regulariser weights and some ten temporaries of float32. */
    static final long BYTES_PER_ELEMENT = 16L * Float.BYTES;

    private final ExplanationBatch batch;
    private final GnnExplainerOptions options;
    private final TensorEngine engine;
    private final GraphBatch graphs;
    private final InitialMasks initial;
    private final PredictionLoss predictionLoss;
    private final TermLoss terms;
    private final FeatureMaskType featureType;
    private final Optional<MaskLayout> edgeLayout;
    private final Optional<MaskLayout> featureLayout;
    private final Optional<MaskLayout> edgeFeatureLayout;

    MaskOptimization(
            ExplanationBatch batch,
            GnnExplainerOptions options,
            InitialMasks initial,
            PredictionGoal goal,
            List<LossTerm> terms) {
        this.batch = batch;
        this.options = options;
        this.engine = batch.engine();
        this.graphs = batch.graphs();
        this.initial = initial;
        this.predictionLoss = new PredictionLoss(goal, batch.manager());
        this.terms = new TermLoss(batch, terms);
        this.featureType = options.nodeMaskType().shape(graphs);
        ModelShape shape = batch.session().model().info().shape();
        boolean anyEdges = graphs.edgeCount() > 0;
        this.edgeLayout = options.edgeMaskType() == GnnExplainerOptions.EdgeMaskType.NONE || !anyEdges
                ? Optional.empty()
                : Optional.of(MaskLayout.edges(graphs, initial.edges(), options.undirected()));
        this.featureLayout = options.nodeMaskType() == GnnExplainerOptions.NodeMaskType.NONE
                ? Optional.empty()
                : Optional.of(MaskLayout.features(graphs, initial.features(), featureType, shape.inputFeatures()));
        this.edgeFeatureLayout = options.edgeAttributeMask() == EdgeAttributeMask.NONE || !anyEdges
                ? Optional.empty()
                : Optional.of(MaskLayout.edgeFeatures(
                        graphs,
                        initial.edgeFeatures(),
                        options.edgeAttributeMask() == EdgeAttributeMask.COMMON_ATTRIBUTES,
                        shape.edgeFeatures()));
    }

    /** Runs all steps and returns the masks per target. */
    List<MaskValues> run() {
        int steps = options.epochs();
        if (options.sparsity() != Sparsity.TWO_STAGE) {
            return run(options.sparsity(), Optional.empty(), 0, steps, steps);
        }
        int total = steps + options.refineEpochs();
        Stage standard = stage(Sparsity.NONE, Optional.empty());
        Results found;
        try (standard) {
            found = optimize(standard, 0, steps, total);
        }
        return run(Sparsity.L1, Optional.of(found), steps, options.refineEpochs(), total);
    }

    private List<MaskValues> run(Sparsity mode, Optional<Results> from, int done, int steps, int total) {
        try (Stage stage = stage(mode, from)) {
            return values(optimize(stage, done, steps, total));
        }
    }

    /** The masks of one stage. */
    private record Stage(Optional<LearntMask> edges, Optional<LearntMask> features, Optional<LearntMask> edgeFeatures)
            implements AutoCloseable {
        List<LearntMask> masks() {
            List<LearntMask> masks = new ArrayList<>(3);
            edges.ifPresent(masks::add);
            features.ifPresent(masks::add);
            edgeFeatures.ifPresent(masks::add);
            return masks;
        }

        @Override
        public void close() {
            masks().forEach(LearntMask::close);
        }
    }

    /** What a stage learnt: numbers as laid out in the batch, and the loss per block. */
    private record Results(float[] edges, float[] features, float[] edgeFeatures, float[] losses) {}

    private Stage stage(Sparsity mode, Optional<Results> from) {
        InitialMasks.Noise noise = initial.noise();
        Optional<float[]> entropyCounts =
                options.edgeEntOver() == EntropyMean.NODE_PAIRS ? Optional.of(nodePairs()) : Optional.empty();
        return new Stage(
                edgeLayout.map(layout -> mask(
                        mode,
                        from.map(f -> layout.with(f.edges())).orElse(layout),
                        false,
                        from.isPresent(),
                        () -> MaskLayout.edges(graphs, noise.edges(), options.undirected())
                                .initial(),
                        new Penalties(
                                options.edgeSize(),
                                options.edgeReduction(),
                                options.edgeEnt(),
                                entropyCounts,
                                options.eps(),
                                options.edgeSparsity()))),
                featureLayout.map(layout -> mask(
                        mode,
                        from.map(f -> layout.with(f.features())).orElse(layout),
                        options.nodeMaskType() == GnnExplainerOptions.NodeMaskType.ATTRIBUTES,
                        from.isPresent(),
                        () -> MaskLayout.features(graphs, noise.features(), featureType, width(layout))
                                .initial(),
                        new Penalties(
                                options.nodeFeatSize(),
                                options.nodeFeatReduction(),
                                options.nodeFeatEnt(),
                                Optional.empty(),
                                options.eps(),
                                options.featureSparsity()))),
                edgeFeatureLayout.map(layout -> mask(
                        mode,
                        from.map(f -> layout.with(f.edgeFeatures())).orElse(layout),
                        false,
                        from.isPresent(),
                        () -> MaskLayout.edgeFeatures(
                                        graphs,
                                        noise.edgeFeatures(),
                                        options.edgeAttributeMask() == EdgeAttributeMask.COMMON_ATTRIBUTES,
                                        width(layout))
                                .initial(),
                        new Penalties(
                                options.edgeAttributeSize(),
                                Reduction.MEAN,
                                options.edgeAttributeEnt(),
                                Optional.empty(),
                                options.eps(),
                                options.featureSparsity()))));
    }

    private static int width(MaskLayout layout) {
        return layout.shape().dimension() > 1 ? Math.toIntExact(layout.shape().get(1)) : 1;
    }

    private float[] nodePairs() {
        float[] pairs = new float[graphs.blocks().size()];
        for (int b = 0; b < pairs.length; b++) {
            float nodes = graphs.blocks().get(b).nodeCount();
            pairs[b] = nodes * nodes;
        }
        return pairs;
    }

    private LearntMask mask(
            Sparsity mode,
            MaskLayout layout,
            boolean wide,
            boolean refined,
            Supplier<float[]> noise,
            Penalties penalties) {
        int blocks = graphs.blocks().size();
        NDManager manager = batch.manager();
        return switch (mode) {
            case L1 ->
                new ProximalMask(
                        engine,
                        manager,
                        refined ? layout : layout.with(sigmoids(layout.initial())),
                        blocks,
                        penalties.price(),
                        options.lr());
            case L0 ->
                new GateMask(
                        engine,
                        manager,
                        layout,
                        noise.get(),
                        blocks,
                        penalties.price(),
                        new GateMask.Settings(options.gateTemperature(), options.gateStretch(), options.gateLr()));
            case NONE, TWO_STAGE ->
                wide && penalties.eps() <= WideSigmoidMask.NO_GUARD
                        ? new WideSigmoidMask(engine, manager, layout, blocks, penalties, options.lr())
                        : new SigmoidMask(engine, manager, layout, blocks, penalties, options.lr());
        };
    }

    private static float[] sigmoids(float[] parameters) {
        float[] values = new float[parameters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = InitialMasks.sigmoid(parameters[i]);
        }
        return values;
    }

    private Results optimize(Stage stage, int done, int steps, int total) {
        List<LearntMask> masks = stage.masks();
        float[] losses = new float[graphs.blocks().size()];
        try (GradientMode recording = engine.gradientMode(true)) {
            for (int epoch = 0; epoch < steps && !masks.isEmpty(); epoch++) {
                batch.monitor().checkCancelled();
                batch.lease().checkValid();
                batch.monitor().progress("epoch", done + epoch, total);
                boolean last = epoch == steps - 1;
                try (TensorScope step = engine.openStep()) {
                    masks.forEach(LearntMask::activate);
                    NDArray logits = batch.session().forward(batch.prepared(), modelMasks(stage)); // [T, C]
                    NDArray prediction = predictionLoss.of(logits); // [T, 1]
                    NDArray loss = prediction.sum();
                    for (LearntMask mask : masks) {
                        Optional<NDArray> penalty = mask.penalty();
                        loss = penalty.isPresent() ? loss.add(penalty.get()) : loss;
                    }
                    Optional<NDArray> added = epoch == 0 || terms.isEmpty()
                            ? Optional.empty()
                            : Optional.of(terms.of(
                                    logits,
                                    stage.edges().map(LearntMask::relevantValues),
                                    stage.features().map(LearntMask::relevantValues),
                                    featureType,
                                    step));
                    loss = added.isPresent() ? loss.add(added.get().sum()) : loss;
                    List<NDArray> gradients = engine.gradients(
                            loss, masks.stream().map(LearntMask::variable).toList());
                    if (last) {
                        losses = lossPerBlock(prediction, added, masks);
                    }
                    for (int i = 0; i < masks.size(); i++) {
                        masks.get(i).update(gradients.get(i), step);
                    }
                }
            }
        }
        try (TensorScope scope = engine.openScope()) {
            return new Results(
                    stage.edges().map(LearntMask::result).orElse(new float[0]),
                    stage.features().map(LearntMask::result).orElse(new float[0]),
                    stage.edgeFeatures().map(LearntMask::result).orElse(new float[0]),
                    losses);
        }
    }

    private Masks modelMasks(Stage stage) {
        return new Masks(
                stage.edges().map(LearntMask::values),
                stage.features().map(LearntMask::values),
                featureType,
                stage.edgeFeatures().map(LearntMask::values),
                Masks.NONE.rectifier());
    }

    private float[] lossPerBlock(NDArray prediction, Optional<NDArray> added, List<LearntMask> masks) {
        float[] losses = predictionLoss.perBlock(prediction, graphs.blocks().size());
        for (LearntMask mask : masks) {
            add(losses, mask.penaltyPerBlock());
        }
        added.ifPresent(values -> add(losses, values.toFloatArray()));
        return losses;
    }

    private static void add(float[] sums, float[] values) {
        for (int b = 0; b < sums.length; b++) {
            sums[b] += values[b];
        }
    }

    private List<MaskValues> values(Results found) {
        int blocks = graphs.blocks().size();
        float[][] none = new float[blocks][0];
        float[][] edges = edgeLayout.map(l -> l.split().apply(found.edges())).orElse(none);
        float[][] features =
                featureLayout.map(l -> l.split().apply(found.features())).orElse(none);
        float[][] edgeFeatures = edgeFeatureLayout
                .map(l -> l.split().apply(found.edgeFeatures()))
                .orElse(none);
        List<MaskValues> results = new ArrayList<>(blocks);
        for (int b = 0; b < blocks; b++) {
            Map<String, Double> diagnostics = new HashMap<>();
            diagnostics.put("loss", (double) found.losses()[b]);
            results.add(
                    new MaskValues(edges[b], featureType, features[b], edgeFeatures[b], Optional.empty(), diagnostics));
        }
        return results;
    }

    @Override
    public void close() {
        predictionLoss.close();
        terms.close();
    }
}
