package org.aitia.evaluation.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.aitia.api.Task;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.Threshold;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.api.metric.MetricContext;
import org.aitia.api.metric.MetricInfo;
import org.aitia.api.metric.MetricScore;
import org.aitia.api.option.Option;
import org.osgi.service.component.annotations.Component;

/** Whether the most important edges hang together. */
@Component(service = ExplanationMetric.class, property = "aitia.name=" + ConnectednessMetric.NAME)
public final class ConnectednessMetric extends OptionedMetric<ConnectednessMetric.Options> {
    static final String NAME = "connectedness";

    /** Which part counts. */
    enum Part {
        /** The one of most edges. */
        LARGEST,
        /** The one that the target is in; for links either end, for graphs the one of most edges. */
        TARGET
    }

    /**
     * Options.
     *
     * @param part which counts
     * @param threshold which edges are looked at
     */
    record Options(
            @Option(
                    description = "which connected part counts: that of most edges, or the one that the target is in"
                            + " (for links either end; for graphs that of most edges)",
                    defaultValue = "largest")
            Part part,

            @Option(
                    description = "which edges are the explanation: " + Threshold.SYNTAX,
                    defaultValue = "fraction:0.2:undirected")
            String threshold) {
        /** Checks the threshold. */
        Options {
            Threshold.parse(threshold);
        }
    }

    /** Creates the metric. */
    public ConnectednessMetric() {
        super(
                new MetricInfo(
                        NAME,
                        "connectedness",
                        "Share of an explanation's edges that lie in its largest connected part, whatever their"
                                + " direction, mean over targets; in (0, 1], 1 is one piece. With part=target the part"
                                + " around the target, in [0, 1].",
                        "",
                        MetricInfo.Better.HIGHER,
                        Set.of(MetricInfo.Need.EDGES),
                        Set.of(Task.values())),
                Options.class);
    }

    @Override
    MetricScore measure(MetricContext context, Options options) {
        Scores.needsEdges(NAME, context.result());
        Threshold threshold = Threshold.parse(options.threshold());
        Task task = context.result().provenance().task();
        double[] perTarget = context.result().explanations().stream()
                .mapToDouble(x -> share(threshold.apply(x, task), task, options.part()))
                .toArray();
        return Scores.mean(NAME, perTarget, "found no edge that is not 0");
    }

    private static double share(Explanation explanation, Task task, Part part) {
        Parts parts = new Parts();
        float[] mask = explanation.edgeMask();
        int count = 0;
        for (int e = 0; e < mask.length; e++) {
            if (mask[e] != 0) {
                parts.join(explanation.edgeSources()[e], explanation.edgeTargets()[e]);
                count++;
            }
        }
        if (count == 0) {
            return Double.NaN;
        }
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int e = 0; e < mask.length; e++) {
            if (mask[e] != 0) {
                sizes.merge(parts.of(explanation.edgeTargets()[e]), 1, Integer::sum);
            }
        }
        int ends = part == Part.LARGEST
                ? 0
                : switch (task) {
                    case NODE -> 1;
                    case LINK -> 2;
                    case GRAPH -> 0;
                };
        int own = ends == 0
                ? sizes.values().stream().mapToInt(size -> size).max().orElseThrow()
                : Arrays.stream(explanation.nodes(), 0, ends)
                        .map(parts::of)
                        .distinct()
                        .map(root -> sizes.getOrDefault(root, 0))
                        .sum();
        return (double) own / count;
    }

    /** Disjoint sets of nodes with path halving. */
    private static final class Parts {
        private final Map<Integer, Integer> parents = new HashMap<>();

        int of(int node) {
            int at = node;
            int parent = parents.getOrDefault(at, at);
            while (parent != at) {
                int above = parents.getOrDefault(parent, parent);
                parents.put(at, above);
                at = above;
                parent = parents.getOrDefault(at, at);
            }
            return at;
        }

        void join(int a, int b) {
            parents.put(of(a), of(b));
        }
    }
}
