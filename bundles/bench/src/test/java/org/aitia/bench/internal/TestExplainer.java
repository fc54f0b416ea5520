package org.aitia.bench.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.ExplainerInfo;
import org.aitia.api.explain.ExplanationBatch;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.EdgeMaskSupport;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.option.Option;
import org.aitia.api.option.OptionSchema;

/** Knows the houses of ba-shapes as well as its option says; notes what it is asked for, and fails when told to. */
final class TestExplainer implements Explainer {
    private static final OptionSchema<Options> OPTIONS = OptionSchema.of(Options.class);
    private static final int FIRST_HOUSE = 300;

    /** What it takes. */
    record Options(
            @Option(description = "how much of the truth it knows", defaultValue = "0", min = 0, max = 1, aliases = "k")
            double knowledge,

            @Option(description = "whether it fails", defaultValue = "false")
            boolean fails) {}

    /** What one call asked for. */
    record Call(double knowledge, Set<Integer> targets) {}

    final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    final AtomicBoolean broken = new AtomicBoolean();

    @Override
    public ExplainerInfo info() {
        return new ExplainerInfo("test", "Test", "Knows.", "", Set.of(Task.NODE), Set.of(EdgeMaskSupport.values()));
    }

    @Override
    public OptionSchema<?> options() {
        return OPTIONS;
    }

    @Override
    public List<MaskValues> explain(ExplanationBatch batch) {
        Options options = OPTIONS.parse(batch.options());
        calls.add(new Call(
                options.knowledge(),
                Set.copyOf(batch.targets().stream().map(ExplanationTarget::id).toList())));
        if (options.fails()) {
            throw new InvalidRequestException("it fails when told to");
        }
        if (broken.get()) {
            throw new IllegalStateException("it is broken");
        }
        List<MaskValues> masks = new ArrayList<>();
        for (int b = 0; b < batch.targets().size(); b++) {
            masks.add(mask(
                    batch.graphs().blocks().get(b),
                    options.knowledge(),
                    batch.targets().get(b).seed()));
        }
        return masks;
    }

    private static MaskValues mask(ComputationGraph graph, double knowledge, long seed) {
        var random = Seeds.generator(seed);
        float[] edges = new float[graph.edgeCount()];
        for (int v = 0; v < graph.nodeCount(); v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                boolean house = graph.nodes()[v] >= FIRST_HOUSE && graph.nodes()[graph.source(e)] >= FIRST_HOUSE;
                edges[e] = (float) ((1 - knowledge) * random.nextDouble() + (house ? knowledge : 0));
            }
        }
        return new MaskValues(edges, FeatureMaskType.NODE, new float[graph.nodeCount()], Map.of());
    }
}
