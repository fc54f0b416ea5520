package org.aitia.api.explain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.FeatureMaskType;

/**
 * One explained prediction: importances over the computation graph of the target. Immutable.
 *
 * <p>Arrays returned by its methods are not copied and must not be changed. Nodes and edges carry the numbers of the
 * full graph.
 */
public final class Explanation {
    private final ExplanationTarget target;
    private final int[] nodes;
    private final int[] edgeSources;
    private final int[] edgeTargets;
    private final MaskValues masks;
    private final int[] storedOffsets;
    private final int[] storedColumns;

    /**
     * Creates an explanation whose feature mask, if it has one, is not {@code STORED}.
     *
     * @param target what is explained
     * @param nodes nodes of the computation graph, [n]
     * @param edgeSources source of each of its edges, [m]
     * @param edgeTargets target of each of its edges, [m]
     * @param masks importances
     */
    public Explanation(ExplanationTarget target, int[] nodes, int[] edgeSources, int[] edgeTargets, MaskValues masks) {
        this(target, nodes, edgeSources, edgeTargets, new int[0], new int[0], masks);
    }

    /**
     * Creates an explanation.
     *
     * @param target what is explained
     * @param nodes nodes of the computation graph, [n]
     * @param edgeSources source of each of its edges, [m]
     * @param edgeTargets target of each of its edges, [m]
     * @param storedOffsets where the values of each node begin in a {@code STORED} feature mask, [n + 1]; empty for
     *     masks of other shapes
     * @param storedColumns the feature of each of those values; empty for masks of other shapes
     * @param masks importances
     */
    public Explanation(
            ExplanationTarget target,
            int[] nodes,
            int[] edgeSources,
            int[] edgeTargets,
            int[] storedOffsets,
            int[] storedColumns,
            MaskValues masks) {
        boolean stored = masks.featureType() == FeatureMaskType.STORED && masks.features().length > 0;
        if (stored
                && (storedOffsets.length != nodes.length + 1
                        || storedColumns.length != masks.features().length
                        || storedOffsets[nodes.length] != storedColumns.length)) {
            throw new IllegalArgumentException("offsets, columns and mask of stored features differ in length");
        }
        this.storedOffsets = storedOffsets;
        this.storedColumns = storedColumns;
        if (edgeSources.length != edgeTargets.length
                || masks.edges().length > 0 && masks.edges().length != edgeSources.length) {
            throw new IllegalArgumentException("sources, targets and mask of edges differ in length");
        }
        this.target = target;
        this.nodes = nodes;
        this.edgeSources = edgeSources;
        this.edgeTargets = edgeTargets;
        this.masks = masks;
    }

    /**
     * Creates an explanation over a computation graph.
     *
     * @param target what is explained
     * @param graph its computation graph
     * @param masks importances in the graph's order
     * @return the explanation
     */
    public static Explanation of(ExplanationTarget target, ComputationGraph graph, MaskValues masks) {
        int[] nodes = graph.nodes();
        int[] sources = new int[graph.edgeCount()];
        int[] targets = new int[graph.edgeCount()];
        for (int v = 0; v < nodes.length; v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                sources[e] = nodes[graph.source(e)];
                targets[e] = nodes[v];
            }
        }
        boolean stored = masks.featureType() == FeatureMaskType.STORED && masks.features().length > 0;
        return new Explanation(
                target,
                nodes,
                sources,
                targets,
                stored ? graph.storedOffsets() : new int[0],
                stored ? graph.storedColumns() : new int[0],
                masks);
    }

    /**
     * Returns this explanation with other importances of the same shapes.
     *
     * @param others importances
     * @return a copy
     */
    public Explanation withMasks(MaskValues others) {
        return new Explanation(target, nodes, edgeSources, edgeTargets, storedOffsets, storedColumns, others);
    }

    /**
     * Returns what is explained.
     *
     * @return target, classes, probabilities, seed
     */
    public ExplanationTarget target() {
        return target;
    }

    /**
     * Returns the nodes of the computation graph.
     *
     * @return [n]; for a node task the target is first, for a link task its two ends
     */
    public int[] nodes() {
        return nodes;
    }

    /**
     * Returns the number of edges of the computation graph.
     *
     * @return m
     */
    public int edgeCount() {
        return edgeSources.length;
    }

    /**
     * Returns the sources of the edges.
     *
     * @return [m]
     */
    public int[] edgeSources() {
        return edgeSources;
    }

    /**
     * Returns the targets of the edges.
     *
     * @return [m]
     */
    public int[] edgeTargets() {
        return edgeTargets;
    }

    /**
     * Returns the edge mask.
     *
     * @return [m], or empty if edges were not explained
     */
    public float[] edgeMask() {
        return masks.edges();
    }

    /**
     * Returns the shape of the feature mask.
     *
     * @return per node, per feature or both
     */
    public FeatureMaskType featureMaskType() {
        return masks.featureType();
    }

    /**
     * Returns the feature mask.
     *
     * @return row by row, of the shape of {@link #featureMaskType}; empty if features were not explained
     */
    public float[] featureMask() {
        return masks.features();
    }

    /**
     * Returns the numbers that tell how it went.
     *
     * @return all importances and diagnostics as the explainer gave them
     */
    public MaskValues masks() {
        return masks;
    }

    /**
     * Returns where the values of each node begin in a {@code STORED} feature mask.
     *
     * @return [n + 1]; empty for masks of other shapes
     */
    public int[] storedOffsets() {
        return storedOffsets;
    }

    /**
     * Returns the feature of each value of a {@code STORED} feature mask.
     *
     * @return one per value; empty for masks of other shapes
     */
    public int[] storedColumns() {
        return storedColumns;
    }

    /** Receives the values of a feature mask. */
    @FunctionalInterface
    public interface FeatureVisitor {
        /**
         * Receives one value.
         *
         * @param node position in {@link Explanation#nodes}, or -1 for a mask per feature
         * @param feature number of the feature, or -1 for a mask per node
         * @param value importance
         */
        void visit(int node, int feature, float value);
    }

    /**
     * Visits the values of the feature mask, whatever its shape, row by row; values that a {@code STORED} mask does not
     * hold are not visited.
     *
     * @param visitor receives them
     */
    public void forEachFeature(FeatureVisitor visitor) {
        float[] mask = masks.features();
        int width = nodes.length == 0 ? 0 : mask.length / nodes.length;
        int node = 0;
        for (int i = 0; i < mask.length; i++) {
            switch (masks.featureType()) {
                case NODE -> visitor.visit(i, -1, mask[i]);
                case FEATURE -> visitor.visit(-1, i, mask[i]);
                case NODE_FEATURE -> visitor.visit(i / width, i % width, mask[i]);
                case STORED -> {
                    while (storedOffsets[node + 1] <= i) {
                        node++;
                    }
                    visitor.visit(node, storedColumns[i], mask[i]);
                }
            }
        }
    }

    /**
     * Returns an importance per node: the feature mask summed over features (absolute values, for signed methods). A
     * mask per feature has no node importances.
     *
     * @return [n], or empty
     */
    public float[] nodeImportance() {
        float[] mask = masks.features();
        if (mask.length == 0 || masks.featureType() == FeatureMaskType.FEATURE) {
            return new float[0];
        }
        if (masks.featureType() == FeatureMaskType.NODE) {
            return mask;
        }
        float[] sums = new float[nodes.length];
        forEachFeature((node, feature, value) -> sums[node] += Math.abs(value));
        return sums;
    }

    /**
     * Returns an importance per feature: the feature mask summed over nodes (absolute values). A mask per node has no
     * feature importances.
     *
     * @return [F], or empty; for a {@code STORED} mask up to the last feature that has a value
     */
    public float[] featureImportance() {
        float[] mask = masks.features();
        if (mask.length == 0 || masks.featureType() == FeatureMaskType.NODE) {
            return new float[0];
        }
        if (masks.featureType() == FeatureMaskType.FEATURE) {
            return mask;
        }
        int width = masks.featureType() == FeatureMaskType.STORED
                ? Arrays.stream(storedColumns).max().orElse(-1) + 1
                : mask.length / nodes.length;
        float[] sums = new float[width];
        forEachFeature((node, feature, value) -> sums[feature] += Math.abs(value));
        return sums;
    }

    /**
     * Returns the most important edges.
     *
     * @param count how many at most
     * @return positions in the edge arrays, by falling absolute importance; ties in edge order
     */
    public List<Integer> topEdges(int count) {
        float[] mask = masks.edges();
        return IntStream.range(0, mask.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer e) -> -Math.abs(mask[e])))
                .limit(count)
                .toList();
    }

    /**
     * Returns the importance of the edges that a graph has, in its numbering; 0 for edges outside the computation
     * graph.
     *
     * @param graph the full graph
     * @return [E]
     */
    public float[] edgeMaskOf(Graph graph) {
        float[] full = new float[graph.edgeCount()];
        for (int e = 0; e < masks.edges().length; e++) {
            int edge = graph.edge(edgeSources[e], edgeTargets[e]);
            if (edge >= 0) {
                full[edge] = masks.edges()[e];
            }
        }
        return full;
    }

    @Override
    public String toString() {
        return "Explanation[target " + target.id() + ", class " + target.explainedClass() + ", nodes "
                + Arrays.toString(Arrays.copyOf(nodes, Math.min(nodes.length, 8))) + "]";
    }
}
