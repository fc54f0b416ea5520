package org.aitia.dataset.tudataset.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.datasets.internal.FileDatasetCache;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

/** The contract where there are no published files: sets without known checksums, loose or zipped. */
class GeneratedSetsContractTest extends DatasetProviderContract {
    private static final Map<String, String> LOOSE = Map.of("aids", "AIDS", "imdb-multi", "IMDB-MULTI");
    private static final Map<String, String> ZIPPED = Map.of("ptc-mr", "PTC_MR", "enzymes", "ENZYMES");

    @TempDir
    private Path folder;

    @Override
    protected DatasetProvider provider() {
        Path mirror = folder.resolve("mirror");
        Path sets = mirror.resolve("tudataset");
        try {
            for (String name : LOOSE.values()) {
                generated(name, !name.startsWith("IMDB")).writeFolder(sets.resolve(name));
            }
            for (String name : ZIPPED.values()) {
                generated(name, true).writeZip(sets.resolve(name + ".zip"), name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TuDatasets(new FileDatasetCache(folder.resolve("data"), mirror.toString()));
    }

    /** Twelve stars, half of them of class -1; the centre of each has label 1. */
    private static Texts generated(String name, boolean labelled) {
        StringBuilder edges = new StringBuilder();
        StringBuilder graphs = new StringBuilder();
        StringBuilder classes = new StringBuilder();
        StringBuilder nodeLabels = new StringBuilder();
        StringBuilder attributes = new StringBuilder();
        StringBuilder edgeLabels = new StringBuilder();
        int node = 0;
        for (int g = 1; g <= 12; g++) {
            int centre = ++node;
            for (int leaf = 0; leaf <= g; leaf++) {
                graphs.append(g).append('\n');
                nodeLabels.append(leaf == 0 ? 1 : 0).append('\n');
                attributes.append(leaf).append(", .5\n");
                if (leaf > 0) {
                    node++;
                    edges.append("%d, %d%n%d, %d%n".formatted(centre, node, node, centre));
                    edgeLabels.append(leaf % 3).append('\n').append(leaf % 3).append('\n');
                }
            }
            classes.append(g % 2 == 0 ? -1 : 1).append('\n');
        }
        Texts bare = new Texts(new TreeMap<>())
                .with(name + "_A.txt", edges.toString())
                .with(name + "_graph_indicator.txt", graphs.toString())
                .with(name + "_graph_labels.txt", classes.toString());
        return !labelled
                ? bare
                : bare.with(name + "_node_labels.txt", nodeLabels.toString())
                        .with(name + "_node_attributes.txt", attributes.toString())
                        .with(name + "_edge_labels.txt", edgeLabels.toString());
    }

    @Override
    protected boolean covers(String name) {
        return LOOSE.containsKey(name) || ZIPPED.containsKey(name);
    }
}
