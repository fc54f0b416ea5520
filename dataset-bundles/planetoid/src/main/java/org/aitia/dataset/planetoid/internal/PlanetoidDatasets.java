package org.aitia.dataset.planetoid.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.aitia.dataset.planetoid.internal.PlanetoidOptions.SplitName;
import org.aitia.formats.split.GeomGcnSplit;
import org.aitia.formats.split.RandomSplits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers Cora, CiteSeer and PubMed. */
@Component(property = {"aitia.name=cora", "aitia.name=citeseer", "aitia.name=pubmed"})
public final class PlanetoidDatasets implements DatasetProvider {
    /** An address that cannot change its content. */
    private static final String ORIGIN =
            "https://github.com/kimiyoung/planetoid/raw/af6abf468a772cc055bec88c52e4d6f51b7c37e3/data/";

    private static final String SPLITS = "https://raw.githubusercontent.com/graphdml-uiuc-jlu/geom-gcn/"
            + "f1fc0d14b3b019c562737240d06ec83b07d16a8f/splits/";

    private static final String LICENCE =
            "MIT (repository, Zhilin Yang 2016); none is stated for the underlying corpus, nor for Geom-GCN's splits";
    private static final String CITATION =
            "Z. Yang, W. Cohen, R. Salakhutdinov: Revisiting Semi-Supervised Learning with Graph Embeddings. ICML 2016";

    private record Entry(DatasetInfo info, List<String> classNames) {}

    private final DatasetCache cache;
    private final OptionSchema<PlanetoidOptions> schema = OptionSchema.of(PlanetoidOptions.class);
    private final Map<String, String> checksums = checksums();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * Creates the provider.
     *
     * @param cache fetches the files
     */
    @Activate
    public PlanetoidDatasets(@Reference DatasetCache cache) {
        this.cache = cache;
        // The files number classes without naming them. Names are those of the original corpora, where the number of
        // nodes of each class says which it is; for PubMed sources disagree.
        add(
                "cora",
                "Cora",
                "2708 papers on machine learning with the words they use and whom they cite; the class is the topic.",
                List.of(
                        "Theory",
                        "Reinforcement Learning",
                        "Genetic Algorithms",
                        "Neural Networks",
                        "Probabilistic Methods",
                        "Case Based",
                        "Rule Learning"));
        add(
                "citeseer",
                "CiteSeer",
                "3327 papers on computer science with the words they use and whom they cite; the class is the area.",
                List.of("AI", "ML", "IR", "DB", "Agents", "HCI"));
        add(
                "pubmed",
                "PubMed",
                "19717 papers on diabetes with TF-IDF weights of the words they use and whom they cite; the class is"
                        + " the type of diabetes.",
                List.of("0", "1", "2"));
    }

    private void add(String name, String title, String description, List<String> classNames) {
        entries.put(
                name,
                new Entry(
                        new DatasetInfo(
                                name,
                                title,
                                description,
                                Task.NODE,
                                "https://github.com/kimiyoung/planetoid",
                                CITATION,
                                LICENCE,
                                false),
                        classNames));
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
        PlanetoidOptions parsed = schema.parse(options);
        List<RemoteFile> files = new ArrayList<>();
        PlanetoidGraph.PARTS.forEach(part -> files.add(file(name, part)));
        if (parsed.split() == SplitName.GEOM_GCN) {
            files.add(split(name, parsed.splitIndex()));
        }
        List<Path> paths = cache.fetch(entry.info(), files, monitor);
        PlanetoidGraph graph = PlanetoidGraph.read(paths, monitor);
        Dataset.Builder builder = graph.toDataset(entry.info(), entry.classNames(), parsed.normalize())
                .options(options);
        switch (parsed.split()) {
            case PUBLIC -> {
                // it comes anyway
            }
            case RANDOM ->
                builder.split(
                        "random",
                        RandomSplits.overall(
                                graph.labels(),
                                graph.classes(),
                                parsed.trainPerClass(),
                                parsed.validation(),
                                parsed.test(),
                                parsed.seed()));
            case FULL -> builder.split("full", graph.fullSplit());
            case GEOM_GCN ->
                builder.split(
                        "geom-gcn-" + parsed.splitIndex(),
                        GeomGcnSplit.read(paths.get(paths.size() - 1), graph.labels()));
        }
        return builder.split("public", graph.publicSplit()).build();
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw NotFoundException.of("dataset", name, entries.keySet());
        }
        return entry;
    }

    private RemoteFile file(String name, String part) {
        String file = "ind." + name + "." + part;
        return new RemoteFile("planetoid/" + file, URI.create(ORIGIN + file), Optional.of(checksums.get(file)));
    }

    private RemoteFile split(String name, int index) {
        String file = name + "_split_0.6_0.2_" + index + ".npz";
        return new RemoteFile(
                "geom-gcn/splits/" + file, URI.create(SPLITS + file), Optional.ofNullable(checksums.get(file)));
    }

    private static Map<String, String> checksums() {
        try (InputStream in = PlanetoidDatasets.class.getResourceAsStream("SHA256SUMS")) {
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
