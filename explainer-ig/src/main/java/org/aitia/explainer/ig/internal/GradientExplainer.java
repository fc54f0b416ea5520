package org.aitia.explainer.ig.internal;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.engine.Rectifier;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.model.ModelInfo;
import org.aitia.api.option.OptionSchema;

/** What the methods of this bundle share: reading options, what is explained, sums of derivatives. */
abstract class GradientExplainer<O extends Record & GradientOptions> implements Explainer {
    private final ExplainerInfo info;
    private final OptionSchema<O> options;

    GradientExplainer(String name, String title, String description, String paper, Class<O> options) {
        this.info = new ExplainerInfo(
                name,
                title,
                description,
                paper,
                Set.of(Task.NODE, Task.GRAPH, Task.LINK),
                Set.of(EdgeMaskSupport.values()),
                true);
        this.options = OptionSchema.of(options);
    }

    @Override
    public final ExplainerInfo info() {
        return info;
    }

    @Override
    public final OptionSchema<O> options() {
        return options;
    }

    @Override
    public final List<MaskValues> explain(ExplanationBatch batch) {
        O parsed = options.parse(batch.options());
        boolean maskable = batch.session().model().info().edgeMasks() != EdgeMaskSupport.NONE;
        if (!maskable && parsed.mask() == MaskKind.EDGE) {
            throw new InvalidRequestException("this model takes no edge weights, so " + info.name()
                    + " cannot explain its edges; give mask=features, or ask explainer 'occlusion' for edges");
        }
        Work<O> work = new Work<>(batch, parsed, maskable && parsed.mask().explainsEdges());
        MaskValues[] results = new MaskValues[batch.targets().size()];
        List<Integer> all = IntStream.range(0, results.length).boxed().toList();
        for (List<Integer> portion : CopyPlan.portions(batch, all, needsInput(parsed))) {
            List<MaskValues> found = explain(work, portion);
            for (int i = 0; i < portion.size(); i++) {
                results[portion.get(i)] = found.get(i);
            }
        }
        return Arrays.asList(results);
    }

    /** Explains some targets of the batch. */
    abstract List<MaskValues> explain(Work<O> work, List<Integer> chosen);

    /** Whether masks of features are the features themselves, one value per node and feature. */
    abstract boolean needsInput(O parsed);

    @Override
    public final long workingSetBytes(long nodes, long edges, ModelInfo model, Map<String, String> given) {
        O parsed = options.parse(given);
        boolean perFeature = needsInput(parsed)
                || parsed.mask().explainsFeatures() && parsed.features() == NodeMaskType.COMMON_ATTRIBUTES;
        return CopyPlan.bytes(nodes, edges, perFeature ? nodes * model.shape().inputFeatures() : 0);
    }

    /**
     * A batch with its options.
     *
     * @param batch the work
     * @param options as parsed
     * @param edges whether edges are explained
     */
    record Work<O extends Record & GradientOptions>(ExplanationBatch batch, O options, boolean edges) {

        Replicas replicas(List<Integer> chosen, int points, boolean input) {
            return new Replicas(batch, chosen, CopyPlan.copies(batch, chosen, points, input), input);
        }

        /** Sums over points of copies that are there. */
        GradientSum gradients(Replicas replicas, FeatureMaskType type, Rectifier rectifier, boolean squares) {
            Quantity quantity =
                    replicas.quantity(options, batch.session().model().info());
            return new GradientSum(
                    batch,
                    replicas,
                    quantity,
                    new GradientSum.Differentiated(type, options.mask().explainsFeatures(), edges, rectifier, squares));
        }

        /** The features of the nodes as they are, of all copies, [N, F]. */
        NDArray presentFeatures(Replicas replicas) {
            int width = replicas.base().blocks().get(0).graph().features().columns();
            float[][] values = FeatureInput.read(replicas.base().blocks());
            return replicas.hold(manager -> replicas.spread(
                    batch.engine().kernels(), Axis.ROWS, FeatureInput.array(manager, replicas.base(), values, width)));
        }

        Attribution attribution(Replicas replicas, GradientSum.Values values, FeatureMaskType type) {
            return Attribution.of(replicas, batch.engine().kernels(), values, type, options.features());
        }

        /** The shape of a mask of factors, where the attribution of a feature that is 0 is 0. */
        FeatureMaskType factorType() {
            return options.features().shapeOfFactors(batch.graphs());
        }

        Optional<StraightPath.FeatureLine> factors(FeatureMaskType type) {
            return options.mask().explainsFeatures()
                    ? Optional.of(new StraightPath.FeatureLine(type, Optional.empty()))
                    : Optional.empty();
        }
    }
}
