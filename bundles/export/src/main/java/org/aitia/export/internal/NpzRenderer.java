package org.aitia.export.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.ExplanationTarget;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.RenderRequest;
import org.aitia.api.render.Renderer;
import org.osgi.service.component.annotations.Component;

/**
 * Arrays for NumPy. Explanations follow each other: those of nodes in {@code node_offsets[i]..node_offsets[i + 1]}, of
 * edges likewise. The README of this bundle lists the arrays.
 */
@Component(service = Renderer.class, property = "aitia.name=" + NpzRenderer.FORMAT)
public final class NpzRenderer implements Renderer {
    static final String FORMAT = "npz";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String description() {
        return "Arrays for NumPy: nodes, edges, masks of edges and features.";
    }

    @Override
    public boolean holdsSeveral() {
        return true;
    }

    @Override
    public void render(RenderRequest request, OutputStream out) throws IOException {
        Contents contents = new Contents(request);
        new Writing(contents, new NpzWriter(out)).write(request);
    }

    /** One document. */
    private static final class Writing {
        private final Contents contents;
        private final List<Explanation> all;
        private final NpzWriter npz;
        private final int nodes;
        private final int edges;

        Writing(Contents contents, NpzWriter npz) {
            this.contents = contents;
            this.all = contents.explanations();
            this.npz = npz;
            this.nodes = sum(x -> x.nodes().length);
            this.edges = sum(Explanation::edgeCount);
        }

        /** The sum over explanations, or a refusal of what NumPy could hold but a Java array cannot. */
        private int sum(ToIntFunction<Explanation> size) {
            long sum = all.stream().mapToLong(size::applyAsInt).sum();
            if (sum > Integer.MAX_VALUE - 8) {
                throw new InvalidRequestException("npz holds arrays of at most 2^31 values, but the explanations have "
                        + sum + "; export fewer targets at once");
            }
            return (int) sum;
        }

        void write(RenderRequest request) throws IOException {
            int count = all.size();
            npz.text("provenance", GraphDocument.origin(request));
            npz.ints("targets", ofTargets(ExplanationTarget::id), count);
            npz.ints("predicted", ofTargets(ExplanationTarget::predictedClass), count);
            npz.ints("explained", ofTargets(ExplanationTarget::explainedClass), count);
            npz.ints("label", ofTargets(ExplanationTarget::label), count);
            int classes = all.stream()
                    .mapToInt(x -> x.target().probabilities().length)
                    .max()
                    .orElse(0);
            npz.floats(
                    "probabilities",
                    joined(x -> Arrays.copyOf(x.target().probabilities(), classes), x -> classes),
                    count,
                    classes);
            npz.longs("node_offsets", offsets(x -> x.nodes().length), count + 1);
            npz.ints("nodes", joinedInts(Explanation::nodes, nodes), nodes);
            npz.longs("edge_offsets", offsets(Explanation::edgeCount), count + 1);
            int[] index = Arrays.copyOf(joinedInts(Explanation::edgeSources, edges), Math.multiplyExact(2, edges));
            System.arraycopy(joinedInts(Explanation::edgeTargets, edges), 0, index, edges, edges);
            npz.longs("edge_index", Arrays.stream(index).asLongStream().toArray(), 2, edges);
            npz.floats("edge_weight", weights(), edges);
            masks("", x -> x.masks());
            if (all.stream().anyMatch(x -> x.masks().deviation().isPresent())) {
                masks("_deviation", Writing::deviation);
            }
            if (contents.dataset().groundTruth().isPresent()) {
                truth();
            }
            npz.finish();
        }

        /** Deviations in the place of values. */
        private static MaskValues deviation(Explanation explanation) {
            MaskValues masks = explanation.masks();
            MaskValues.Deviation none = new MaskValues.Deviation(new float[0], new float[0], new float[0]);
            MaskValues.Deviation deviation = masks.deviation().orElse(none);
            return new MaskValues(
                    deviation.edges(),
                    masks.featureType(),
                    deviation.features(),
                    deviation.edgeFeatures(),
                    masks.deviation(),
                    masks.diagnostics());
        }

        private void masks(String suffix, Function<Explanation, MaskValues> masks) throws IOException {
            if (all.stream().anyMatch(x -> masks.apply(x).edges().length > 0)) {
                npz.floats("edge_mask" + suffix, joined(x -> masks.apply(x).edges(), Explanation::edgeCount), edges);
            }
            int width = all.stream()
                    .filter(x -> x.edgeCount() > 0)
                    .mapToInt(x -> masks.apply(x).edgeFeatures().length / x.edgeCount())
                    .max()
                    .orElse(0);
            if (width > 0) {
                float[] values = joined(x -> masks.apply(x).edgeFeatures(), x -> x.edgeCount() * width);
                npz.floats("edge_feature_mask" + suffix, values, edges, width);
            }
            for (FeatureMaskType type : FeatureMaskType.values()) {
                if (all.stream()
                        .anyMatch(x ->
                                x.featureMaskType() == type && masks.apply(x).features().length > 0)) {
                    features(
                            type,
                            suffix,
                            x -> x.featureMaskType() == type ? masks.apply(x).features() : new float[0]);
                }
            }
        }

        private void features(FeatureMaskType type, String suffix, Function<Explanation, float[]> values)
                throws IOException {
            int width = contents.dataset().featureCount();
            switch (type) {
                case NODE -> npz.floats("node_mask" + suffix, joined(values, x -> x.nodes().length), nodes);
                case FEATURE -> npz.floats("feature_mask" + suffix, joined(values, x -> width), all.size(), width);
                case NODE_FEATURE ->
                    npz.floats(
                            "node_feature_mask" + suffix,
                            joined(values, x -> Math.multiplyExact(x.nodes().length, width)),
                            nodes,
                            width);
                case STORED -> {
                    float[] data = joined(values, x -> values.apply(x).length);
                    npz.floats("features_data" + suffix, data, data.length);
                    if (suffix.isEmpty()) {
                        stored(values, data.length, width);
                    }
                }
            }
        }

        /** Where the values of a sparse mask are, as SciPy's csr_matrix has it. */
        private void stored(Function<Explanation, float[]> values, int count, int width) throws IOException {
            long[] rows = new long[nodes + 1];
            int row = 0;
            for (Explanation explanation : all) {
                boolean has = values.apply(explanation).length > 0;
                for (int v = 0; v < explanation.nodes().length; v++) {
                    int[] offsets = explanation.storedOffsets();
                    rows[row + 1] = rows[row] + (has ? offsets[v + 1] - offsets[v] : 0);
                    row++;
                }
            }
            npz.ints(
                    "features_indices",
                    joinedInts(x -> values.apply(x).length > 0 ? x.storedColumns() : new int[0], count),
                    count);
            npz.longs("features_indptr", rows, nodes + 1);
            npz.longs("features_shape", new long[] {nodes, width}, 2);
        }

        private void truth() throws IOException {
            boolean[] ofNodes = new boolean[nodes];
            boolean[] ofEdges = new boolean[edges];
            int node = 0;
            int edge = 0;
            for (int x = 0; x < all.size(); x++) {
                BitSet trueNodes = contents.trueNodes(all.get(x));
                BitSet trueEdges = contents.trueEdges(all.get(x));
                for (int v : all.get(x).nodes()) {
                    ofNodes[node++] = trueNodes.get(v);
                }
                for (int number : contents.edgeNumbers(x)) {
                    ofEdges[edge++] = number >= 0 && trueEdges.get(number);
                }
            }
            npz.booleans("node_truth", ofNodes, nodes);
            npz.booleans("edge_truth", ofEdges, edges);
        }

        private float[] weights() {
            float[] weights = new float[edges];
            int edge = 0;
            for (int x = 0; x < all.size(); x++) {
                for (int number : contents.edgeNumbers(x)) {
                    weights[edge++] =
                            number < 0 ? 1 : contents.graph(all.get(x)).edgeWeight(number);
                }
            }
            return weights;
        }

        private int[] ofTargets(ToIntFunction<ExplanationTarget> value) {
            return all.stream().map(Explanation::target).mapToInt(value).toArray();
        }

        private long[] offsets(ToIntFunction<Explanation> size) {
            long[] offsets = new long[all.size() + 1];
            for (int x = 0; x < all.size(); x++) {
                offsets[x + 1] = offsets[x] + size.applyAsInt(all.get(x));
            }
            return offsets;
        }

        /** Values one after the other; not-a-number for those of an explanation that has none. */
        private float[] joined(Function<Explanation, float[]> values, ToIntFunction<Explanation> size) {
            float[] joined = new float[sum(size)];
            int at = 0;
            for (Explanation explanation : all) {
                float[] its = values.apply(explanation);
                int length = size.applyAsInt(explanation);
                if (its.length == length) {
                    System.arraycopy(its, 0, joined, at, length);
                } else {
                    Arrays.fill(joined, at, at + length, Float.NaN);
                }
                at += length;
            }
            return joined;
        }

        private int[] joinedInts(Function<Explanation, int[]> values, int count) {
            int[] joined = new int[count];
            int at = 0;
            for (Explanation explanation : all) {
                int[] its = values.apply(explanation);
                System.arraycopy(its, 0, joined, at, its.length);
                at += its.length;
            }
            return joined;
        }
    }
}
