package org.aitia.export.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.model.FeatureMaskType;
import org.aitia.api.render.RenderRequest;
import org.aitia.formats.python.Npz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzRendererTest {
    private static final Dataset CHAIN = Samples.chain();

    @TempDir
    Path directory;

    private Npz npz(Dataset dataset, Explanation... explanations) {
        Path file = directory.resolve("x.npz");
        try {
            Files.write(file, Samples.render(new NpzRenderer(), Samples.request(dataset, explanations)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Npz.open(file);
    }

    @Test
    void explanationsFollowEachOther() {
        Explanation first = Samples.withNodes(CHAIN, 0);
        Explanation second = Samples.withNodes(CHAIN, 3);
        try (Npz npz = npz(CHAIN, first, second)) {
            assertThat(npz.require("targets").ints()).containsExactly(0, 3);
            assertThat(npz.require("predicted").ints()).containsExactly(0, 0);
            assertThat(npz.require("explained").ints()).containsExactly(1, 1);
            assertThat(npz.require("label").ints()).containsExactly(0, 1);
            assertThat(npz.require("probabilities").shape()).containsExactly(2, 2);
            assertThat(npz.require("node_offsets").longs()).containsExactly(0, 4, 7);
            assertThat(npz.require("nodes").ints()).containsExactly(0, 1, 4, 2, 3, 2, 1);
            assertThat(npz.require("edge_offsets").longs()).containsExactly(0, 4, 7);
            assertThat(npz.require("edge_index").shape()).containsExactly(2, 7);
            assertThat(npz.require("edge_index").longs()).containsExactly(1, 4, 0, 2, 2, 1, 3, 0, 0, 1, 1, 3, 2, 2);
            assertThat(npz.require("edge_weight").floats()).startsWith(.25f, 2, .5f, 1);
            assertThat(npz.require("edge_mask").floats())
                    .startsWith(first.edgeMask())
                    .endsWith(second.edgeMask());
            assertThat(npz.require("node_mask").floats()).startsWith(first.featureMask());
            assertThat(npz.require("edge_mask_deviation").floats())
                    .containsOnly(.125f)
                    .hasSize(7);
            assertThat(npz.require("node_mask_deviation").floats())
                    .containsOnly(.0625f)
                    .hasSize(7);
            assertThat(npz.require("edge_truth").booleans())
                    .containsExactly(true, false, true, false, false, false, false);
            assertThat(npz.require("node_truth").booleans())
                    .containsExactly(true, true, false, false, false, false, true);
        }
    }

    @Test
    void masksOfFeaturesKeepTheirShapes() {
        Dataset triangles = Samples.triangles();
        try (Npz npz = npz(
                triangles,
                Samples.withFeatures(triangles, 0, FeatureMaskType.NODE_FEATURE),
                Samples.withFeatures(triangles, 1, FeatureMaskType.NODE_FEATURE))) {
            assertThat(npz.require("node_feature_mask").shape()).containsExactly(7, 2);
            assertThat(npz.find("edge_truth")).isEmpty();
            assertThat(npz.find("edge_mask_deviation")).isEmpty();
        }
        try (Npz npz = npz(
                triangles,
                Samples.withFeatures(triangles, 0, FeatureMaskType.FEATURE),
                Samples.withFeatures(triangles, 1, FeatureMaskType.FEATURE))) {
            assertThat(npz.require("feature_mask").shape()).containsExactly(2, 2);
        }
    }

    @Test
    void storedMasksAreRowsOfASparseMatrix() {
        try (Npz npz = npz(CHAIN, Samples.withFeatures(CHAIN, 0, FeatureMaskType.STORED))) {
            assertThat(npz.require("features_indptr").longs()).containsExactly(0, 2, 3, 4, 4);
            assertThat(npz.require("features_indices").ints()).containsExactly(0, 2, 1, 0);
            assertThat(npz.require("features_data").floats()).containsExactly(.1f, .2f, .3f, .4f);
            assertThat(npz.require("features_shape").longs()).containsExactly(4, 3);
        }
    }

    @Test
    void whatAnExplanationDoesNotHaveIsNoNumber() {
        Explanation bare =
                Samples.explain(CHAIN, 3, new MaskValues(new float[0], FeatureMaskType.NODE, new float[0], Map.of()));
        try (Npz npz = npz(CHAIN, Samples.withNodes(CHAIN, 0), bare)) {
            assertThat(npz.require("edge_mask").floats()).hasSize(7).endsWith(Float.NaN, Float.NaN, Float.NaN);
        }
        try (Npz npz = npz(CHAIN, bare)) {
            assertThat(npz.find("edge_mask")).isEmpty();
            assertThat(npz.find("node_mask")).isEmpty();
        }
    }

    @Test
    void theSameResultGivesTheSameBytes() {
        RenderRequest request = Samples.request(CHAIN, Samples.withNodes(CHAIN, 0));
        assertThat(Samples.render(new NpzRenderer(), request)).isEqualTo(Samples.render(new NpzRenderer(), request));
    }

    @Test
    void numPyReadsIt() throws Exception {
        RenderRequest request = Samples.request(CHAIN, Samples.withFeatures(CHAIN, 0, FeatureMaskType.STORED));
        List<String> said = Python.run(
                directory,
                "numpy",
                "y.npz",
                Samples.render(new NpzRenderer(), request),
                "z = numpy.load('y.npz')",
                "print(z['edge_index'].tolist(), z['edge_index'].dtype)",
                "print(z['edge_mask'].tolist(), z['edge_mask'].dtype)",
                "print(z['edge_truth'].tolist(), z['edge_truth'].dtype)",
                "print(z['provenance'])");
        assertThat(said)
                .containsExactly(
                        "[[1, 4, 0, 2], [0, 0, 1, 1]] int64",
                        "[-0.5, -0.25, 0.0, 0.25] float32",
                        "[True, False, True, False] bool",
                        "explained by gnnexplainer, model sample-gcn, data set chain, seed 3");
    }

    @Test
    void sciPyTakesAStoredMaskAsItIs() throws Exception {
        RenderRequest request = Samples.request(CHAIN, Samples.withFeatures(CHAIN, 0, FeatureMaskType.STORED));
        List<String> said = Python.run(
                directory,
                "scipy.sparse",
                "y.npz",
                Samples.render(new NpzRenderer(), request),
                "import numpy",
                "z = numpy.load('y.npz')",
                "m = scipy.sparse.csr_matrix((z['features_data'], z['features_indices'], z['features_indptr']),"
                        + " shape=z['features_shape'])",
                "print(numpy.round(m.toarray(), 3).tolist())");
        assertThat(said).hasSize(1).first().asString().startsWith("[[0.1");
    }
}
