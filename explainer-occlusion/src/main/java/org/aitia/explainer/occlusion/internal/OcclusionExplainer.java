package org.aitia.explainer.occlusion.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.option.OptionSchema;
import org.osgi.service.component.annotations.Component;

/**
 * Occlusion (Zeiler and Fergus 2014), for graphs: the importance of an edge or node is what the prediction loses without
 * it. Needs no gradients and no masks, so it explains every model.
 */
@Component(service = Explainer.class, property = "aitia.name=occlusion")
public final class OcclusionExplainer implements Explainer {
    private static final OptionSchema<OcclusionOptions> OPTIONS = OptionSchema.of(OcclusionOptions.class);

    private static final ExplainerInfo INFO = new ExplainerInfo(
            "occlusion",
            "Occlusion",
            "Removes edges or nodes one at a time and sees what the prediction loses; works with every model, also with"
                    + " imported ones that take no edge weights.",
            "Zeiler, Fergus: Visualizing and Understanding Convolutional Networks, ECCV 2014",
            Set.of(Task.NODE, Task.GRAPH, Task.LINK),
            Set.of(EdgeMaskSupport.values()));

    @Override
    public ExplainerInfo info() {
        return INFO;
    }

    @Override
    public OptionSchema<?> options() {
        return OPTIONS;
    }

    @Override
    public List<MaskValues> explain(ExplanationBatch batch) {
        OcclusionOptions options = OPTIONS.parse(batch.options());
        Removals removals = new Removals(batch, options);
        for (int b = 0; b < batch.targets().size(); b++) {
            removals.plan(b);
        }
        removals.run();
        List<MaskValues> results = new ArrayList<>();
        for (int b = 0; b < batch.targets().size(); b++) {
            ExplanationTarget target = batch.targets().get(b);
            results.add(new MaskValues(
                    removals.edges(b),
                    FeatureMaskType.NODE,
                    removals.nodes(b),
                    Map.of("prediction", (double) target.probabilities()[target.explainedClass()], "removals", (double)
                            removals.count(b))));
        }
        return results;
    }
}
