package org.aitia.evaluation.internal;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.metric.MetricContext;

/**
 * The edges of all instances together, each directed edge once per instance, and which of them are true: positive if
 * either direction is marked (Ying et al. 2019, Luo et al. 2020).
 *
 * @param instances edges of each explained instance
 * @param marked positions of each instance's true edges
 */
record TrueEdges(List<ExplainedEdges> instances, List<BitSet> marked) {
    /** A ranking measure. */
    interface Measure {
        double of(double[] scores, BitSet positives);
    }

    static TrueEdges of(String metric, MetricContext context, RankedEdges.Population population) {
        Dataset dataset = context.dataset();
        GroundTruth truth = ExplainedEdges.groundTruth(metric, dataset);
        List<ExplainedEdges> instances = context.result().explanations().stream()
                .map(explanation -> ExplainedEdges.of(explanation, dataset).of(population, explanation))
                .toList();
        List<BitSet> marked = IntStream.range(0, instances.size())
                .mapToObj(i -> instances
                        .get(i)
                        .marked(truth.edges(ExplainedEdges.graphIndex(
                                context.result().explanations().get(i), dataset))))
                .toList();
        TrueEdges edges = new TrueEdges(instances, marked);
        edges.check(metric, dataset);
        return edges;
    }

    private void check(String metric, Dataset dataset) {
        int total = total();
        int positive = marked.stream().mapToInt(BitSet::cardinality).sum();
        if (positive == 0 || positive == total) {
            throw new InvalidRequestException(
                    "metric '" + metric + "' needs edges inside and outside the ground truth; "
                            + positive + " of the " + total + " edges around the "
                            + (instances.size() == 1 ? "explained target" : instances.size() + " explained targets")
                            + " are inside; explain other targets"
                            + Suggestion.of(dataset));
        }
    }

    private int total() {
        return instances.stream().mapToInt(ExplainedEdges::size).reduce(0, Math::addExact);
    }

    /** Of all instances together. */
    double pooled(Measure measure) {
        double[] scores = new double[total()];
        BitSet positives = new BitSet(scores.length);
        int offset = 0;
        for (int i = 0; i < instances.size(); i++) {
            ExplainedEdges instance = instances.get(i);
            System.arraycopy(instance.scores(), 0, scores, offset, instance.size());
            int start = offset;
            marked.get(i).stream().forEach(at -> positives.set(start + at));
            offset += instance.size();
        }
        return measure.of(scores, positives);
    }

    /** Of each instance. */
    double[] perTarget(Measure measure) {
        return IntStream.range(0, instances.size())
                .mapToDouble(i -> measure.of(instances.get(i).scores(), marked.get(i)))
                .toArray();
    }
}
