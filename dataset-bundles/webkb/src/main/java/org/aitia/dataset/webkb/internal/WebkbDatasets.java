package org.aitia.dataset.webkb.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.formats.ByteSource;
import org.aitia.formats.split.GeomGcnSplit;
import org.aitia.formats.split.RandomSplits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers Texas, Wisconsin, Cornell and Actor. */
@Component(property = {"aitia.name=texas", "aitia.name=wisconsin", "aitia.name=cornell", "aitia.name=actor"})
public final class WebkbDatasets implements DatasetProvider {
    private static final Logger LOG = LoggerFactory.getLogger(WebkbDatasets.class);

    /** An address that cannot change its content. */
    private static final String ORIGIN = "https://raw.githubusercontent.com/graphdml-uiuc-jlu/geom-gcn/"
            + "f1fc0d14b3b019c562737240d06ec83b07d16a8f/";

    private static final int SPLITS = 10;

    /** Of Geom-GCN's splits, as they are: 48, 32 and 20 per cent of each class. */
    private static final double VALIDATION = 0.32;

    private static final double TEST = 0.2;

    private static final String PEI =
            "H. Pei, B. Wei, K. C.-C. Chang, Y. Lei, B. Yang: Geom-GCN: Geometric Graph Convolutional Networks. ICLR 2020";
    private static final String TANG =
            "; J. Tang, J. Sun, C. Wang, Z. Yang: Social influence analysis in large-scale networks. KDD 2009";

    /**
     * A graph.
     *
     * @param info what is known of it
     * @param folder its name at the origin
     */
    private record Entry(DatasetInfo info, String folder) {}

    private final DatasetCache cache;
    private final OptionSchema<WebkbOptions> schema = OptionSchema.of(WebkbOptions.class);
    private final Map<String, String> checksums = checksums();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * Creates the provider.
     *
     * @param cache fetches the files
     */
    @Activate
    public WebkbDatasets(@Reference DatasetCache cache) {
        this.cache = cache;
        String pages =
                " with the words on them and their links; the class is student, project, course, staff or faculty,"
                        + " numbered as in the files.";
        String same = " The published features and classes of Texas and Cornell are the very same file, a defect of the"
                + " origin: only the links differ.";
        add("texas", "texas", "Texas", "183 web pages of the University of Texas" + pages + same, PEI);
        add("wisconsin", "wisconsin", "Wisconsin", "251 web pages of the University of Wisconsin" + pages, PEI);
        add("cornell", "cornell", "Cornell", "183 web pages of Cornell University" + pages + same, PEI);
        add(
                "actor",
                "film",
                "Actor",
                "7600 actors, called film at the origin, with words of their encyclopedia pages, linked where they occur"
                        + " on one page; the class is one of five kinds of actors.",
                PEI + TANG);
    }

    private void add(String name, String folder, String title, String description, String citation) {
        entries.put(
                name,
                new Entry(
                        new DatasetInfo(
                                name,
                                title,
                                description,
                                Task.NODE,
                                "https://github.com/graphdml-uiuc-jlu/geom-gcn",
                                citation,
                                "none stated: the repository has no licence file",
                                false),
                        folder));
    }

    @Override
    public List<DatasetInfo> datasets() {
        return entries.values().stream().map(Entry::info).toList();
    }

    @Override
    public List<OptionSpec> options(String name) {
        entry(name);
        return schema.specs();
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        Entry entry = entry(name);
        WebkbOptions parsed = schema.parse(options);
        monitor.checkCancelled();
        String data = "new_data/" + entry.folder() + "/out1_";
        List<Path> paths = cache.fetch(
                entry.info(), List.of(file(data + "node_feature_label.txt"), file(data + "graph_edges.txt")), monitor);
        NodeTable nodes = NodeTable.read(ByteSource.of(paths.get(0)), monitor);
        int[] labels = nodes.labels();
        GraphBuilder builder = Graph.builder(labels.length).labels(labels).features(nodes.features());
        EdgeList.read(ByteSource.of(paths.get(1)), labels.length, parsed.undirected(), builder, monitor);
        int classes = Arrays.stream(labels).max().orElse(0) + 1;
        Dataset.Builder dataset = Dataset.builder(entry.info())
                .options(options)
                .graph(builder.build())
                .classes(classes);
        addSplits(entry, labels, dataset, monitor);
        return dataset.split("random", RandomSplits.fractions(labels, classes, VALIDATION, TEST, parsed.seed()))
                .build();
    }

    /** Adds as many of Geom-GCN's splits as there are; the first one that cannot be had is the last one asked for. */
    private void addSplits(Entry entry, int[] labels, Dataset.Builder dataset, TaskMonitor monitor) {
        for (int i = 0; i < SPLITS; i++) {
            RemoteFile file = file("splits/" + entry.folder() + "_split_0.6_0.2_" + i + ".npz");
            Path path;
            try {
                path = cache.fetch(entry.info(), List.of(file), monitor).get(0);
            } catch (DataUnavailableException e) {
                LOG.info("No more splits of {}: {}", entry.info().name(), e.getMessage());
                monitor.message("data set '" + entry.info().name() + "' has " + (i == 0 ? "none" : "only " + i)
                        + " of Geom-GCN's ten splits: " + file.mirrorPath()
                        + " is neither on a mirror nor to be had from its origin");
                return;
            }
            dataset.split("geom-gcn-" + i, GeomGcnSplit.read(path, labels));
        }
    }

    private RemoteFile file(String path) {
        return new RemoteFile("geom-gcn/" + path, URI.create(ORIGIN + path), Optional.ofNullable(checksums.get(path)));
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw NotFoundException.of("dataset", name, entries.keySet());
        }
        return entry;
    }

    private static Map<String, String> checksums() {
        try (InputStream in = WebkbDatasets.class.getResourceAsStream("SHA256SUMS")) {
            Map<String, String> checksums = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" +"))
                    .forEach(columns -> checksums.put(columns[1], columns[0]));
            return Map.copyOf(checksums);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
