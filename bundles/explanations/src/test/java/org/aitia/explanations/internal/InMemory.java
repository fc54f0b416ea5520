package org.aitia.explanations.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.StoredModel;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;

/** A store and a catalogue that hold one model and its data each, in memory. */
final class InMemory implements ModelStore {
    static final int CLASSES = 3;
    static final int UNLABELLED = 4;

    private final Map<String, StoredModel> descriptions = new TreeMap<>();
    private final Map<String, GnnModel> models = new TreeMap<>();
    private final Map<String, Dataset> datasets = new TreeMap<>();

    InMemory() {
        Graph random = TestGraphs.undirected(30, 50, 5, CLASSES, 1);
        int[] labels = new int[30];
        java.util.Arrays.setAll(labels, v -> v == UNLABELLED ? -1 : random.label(v));
        Graph graph = Graph.builder(30)
                .edges(sources(random), random.targets())
                .features(random.features())
                .labels(labels)
                .build();
        add(
                "nodes-gcn",
                Dataset.builder(info("nodes", Task.NODE))
                        .graph(graph)
                        .classes(CLASSES)
                        .build());
        add(
                "numbers-gcn",
                Dataset.builder(info("numbers", Task.NODE))
                        .graph(graph)
                        .classes(CLASSES)
                        .build(),
                1);
        datasets.put(
                "strange",
                Dataset.builder(info("strange", Task.NODE))
                        .graph(TestGraphs.undirected(9, 14, 5, 50, 0))
                        .classes(50)
                        .build());
        List<Graph> graphs = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> TestGraphs.undirected(8 + i, 14, 5, CLASSES, i))
                .toList();
        add(
                "graphs-gcn",
                Dataset.builder(info("graphs", Task.GRAPH))
                        .graphs(graphs, new int[] {0, 1, 2, 0, 1, 2})
                        .classes(CLASSES)
                        .build());
    }

    private static int[] sources(Graph graph) {
        int[] sources = new int[graph.edgeCount()];
        graph.sources().get(sources);
        return sources;
    }

    private static DatasetInfo info(String name, Task task) {
        return new DatasetInfo(name, name, "random", task, "this test", "", "none needed", true);
    }

    private void add(String name, Dataset dataset) {
        add(name, dataset, CLASSES);
    }

    private void add(String name, Dataset dataset, int outputs) {
        GnnModel model = Workbench.gcn(dataset.info().task(), dataset.graph(), outputs, 2);
        datasets.put(dataset.info().name(), dataset);
        models.put(name, model);
        descriptions.put(
                name,
                new StoredModel(
                        name,
                        model.info(),
                        dataset.info().name(),
                        Map.of(),
                        dataset.digest(),
                        Map.of(),
                        0,
                        Map.of(),
                        "sha256:" + "0".repeat(64),
                        Instant.EPOCH,
                        Map.of()));
    }

    /** Describes a model as if it had been trained again. */
    void replaceWeights(String name, String digest) {
        StoredModel d = descriptions.get(name);
        descriptions.put(
                name,
                new StoredModel(
                        name,
                        d.info(),
                        d.dataset(),
                        d.datasetOptions(),
                        d.datasetDigest(),
                        d.trainingOptions(),
                        d.seed(),
                        d.metrics(),
                        digest,
                        d.created(),
                        d.libraries()));
    }

    @Override
    public List<StoredModel> list() {
        return List.copyOf(descriptions.values());
    }

    @Override
    public StoredModel find(String name) {
        if (!descriptions.containsKey(name)) {
            throw NotFoundException.of("model", name, descriptions.keySet());
        }
        return descriptions.get(name);
    }

    @Override
    public GnnModel load(String name) {
        return models.get(name);
    }

    @Override
    public StoredModel save(StoredModel description, GnnModel model) {
        throw new AssertionError("explaining stores no model");
    }

    @Override
    public StoredModel rename(String from, String to) {
        throw new AssertionError("explaining renames no models");
    }

    @Override
    public void remove(String name) {
        throw new AssertionError("explaining removes no model");
    }

    /** The catalogue's view; a {@link ModelStore} has a list of its own. */
    Datasets datasets() {
        return new Datasets() {
            @Override
            public List<DatasetEntry> list() {
                throw new AssertionError("explaining lists no data sets");
            }

            @Override
            public DatasetEntry find(String name) {
                throw new AssertionError("explaining asks for data, not for its description");
            }

            @Override
            public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
                return datasets.get(name);
            }
        };
    }
}
