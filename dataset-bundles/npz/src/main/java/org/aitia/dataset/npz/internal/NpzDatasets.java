package org.aitia.dataset.npz.internal;

import java.net.URI;
import java.nio.file.Path;
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
import org.aitia.formats.split.RandomSplits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the graphs that are published as npz files. */
@Component(
        property = {
            "aitia.name=cora-ml",
            "aitia.name=cora-full",
            "aitia.name=citeseer-full",
            "aitia.name=dblp",
            "aitia.name=pubmed-full",
            "aitia.name=amazon-photo",
            "aitia.name=amazon-computers",
            "aitia.name=coauthor-cs",
            "aitia.name=coauthor-physics",
            "aitia.name=cora-linqs",
            "aitia.name=citeseer-linqs"
        })
public final class NpzDatasets implements DatasetProvider {
    private static final String SPLIT = "random";

    /** Where files are published: a repository with its licence and paper. */
    private enum Home {
        PPNP(
                "ppnp",
                "https://github.com/gasteigerjo/ppnp",
                "raw/master/ppnp/data/",
                "A. Bojchevski, S. Günnemann: Deep Gaussian Embedding of Graphs: Unsupervised Inductive Learning via"
                        + " Ranking. ICLR 2018"),
        GRAPH2GAUSS(
                "graph2gauss",
                "https://github.com/abojchevski/graph2gauss",
                "raw/master/data/",
                "A. Bojchevski, S. Günnemann: Deep Gaussian Embedding of Graphs: Unsupervised Inductive Learning via"
                        + " Ranking. ICLR 2018"),
        GNN_BENCHMARK(
                "gnn-benchmark",
                "https://github.com/shchur/gnn-benchmark",
                "raw/master/data/npz/",
                "O. Shchur, M. Mumme, A. Bojchevski, S. Günnemann: Pitfalls of Graph Neural Network Evaluation."
                        + " Relational Representation Learning Workshop, NeurIPS 2018");

        private final String folder;
        private final String repository;
        private final String path;
        private final String citation;

        Home(String folder, String repository, String path, String citation) {
            this.folder = folder;
            this.repository = repository;
            this.path = path;
            this.citation = citation;
        }
    }

    private record Entry(DatasetInfo info, RemoteFile file) {}

    private final DatasetCache cache;
    private final OptionSchema<NpzOptions> schema = OptionSchema.of(NpzOptions.class);
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * Creates the provider.
     *
     * @param cache fetches the files
     */
    @Activate
    public NpzDatasets(@Reference DatasetCache cache) {
        this.cache = cache;
        String papers = "the words that they use and whom they cite; the class is the topic.";
        add(
                "cora-ml",
                "Cora-ML",
                "2995 papers on machine learning with " + papers,
                Home.PPNP,
                "cora_ml.npz",
                "e3439bfd32c4a962d5c56a4f313793baee39181c208c90a3915b61183d3e1cda");
        add("cora-full", "Cora (full)", "Papers of all areas of Cora with " + papers, Home.GRAPH2GAUSS, "cora.npz", "");
        add(
                "citeseer-full",
                "CiteSeer (full)",
                "Papers on computer science with " + papers,
                Home.GRAPH2GAUSS,
                "citeseer.npz",
                "");
        add("dblp", "DBLP", "Papers on computer science with " + papers, Home.GRAPH2GAUSS, "dblp.npz", "");
        add("pubmed-full", "PubMed (full)", "Papers on diabetes with " + papers, Home.GRAPH2GAUSS, "pubmed.npz", "");
        String goods = "that are often bought together, with the words of their reviews; the class is the category.";
        add(
                "amazon-photo",
                "Amazon Photo",
                "7650 goods for photography " + goods,
                Home.GNN_BENCHMARK,
                "amazon_electronics_photo.npz",
                "bdb1feb8e6ff42ee44024b04479145029c563fd42fc31bff80af20887ba0439a");
        add(
                "amazon-computers",
                "Amazon Computers",
                "13752 computers and parts " + goods,
                Home.GNN_BENCHMARK,
                "amazon_electronics_computers.npz",
                "");
        String authors = " who wrote papers together, with the key words of their papers; the class is the field.";
        add(
                "coauthor-cs",
                "Coauthor CS",
                "Computer scientists" + authors,
                Home.GNN_BENCHMARK,
                "ms_academic_cs.npz",
                "");
        add(
                "coauthor-physics",
                "Coauthor Physics",
                "Physicists" + authors,
                Home.GNN_BENCHMARK,
                "ms_academic_phy.npz",
                "");
        add(
                "cora-linqs",
                "Cora (gnn-benchmark)",
                "The 2708 papers of Planetoid's Cora in another order, with their names and those of the classes.",
                Home.GNN_BENCHMARK,
                "cora.npz",
                "068e22d90c3849b4057dfb05851741428992af058efcd4e7ebb4186f3d581de2");
        add(
                "citeseer-linqs",
                "CiteSeer (gnn-benchmark)",
                "3312 papers of CiteSeer, without the fifteen of Planetoid's that have no words and no class.",
                Home.GNN_BENCHMARK,
                "citeseer.npz",
                "");
    }

    private void add(String name, String title, String description, Home home, String file, String sha256) {
        entries.put(
                name,
                new Entry(
                        new DatasetInfo(
                                name,
                                title,
                                description,
                                Task.NODE,
                                home.repository,
                                home.citation,
                                "MIT (repository); none is stated for the underlying data",
                                false),
                        new RemoteFile(
                                home.folder + "/" + file,
                                URI.create(home.repository + "/" + home.path + file),
                                Optional.of(sha256).filter(sum -> !sum.isEmpty()))));
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
        NpzOptions parsed = schema.parse(options);
        Path file = cache.fetch(entry.info(), List.of(entry.file()), monitor).get(0);
        monitor.checkCancelled();
        monitor.progress("reading files", 0, 1);
        NpzGraph graph = NpzGraph.read(file, parsed);
        return Dataset.builder(entry.info())
                .options(options)
                .graph(graph.graph())
                .classNames(graph.classNames())
                .featureNames(graph.featureNames())
                .split(
                        SPLIT,
                        RandomSplits.perClass(
                                graph.labels(),
                                graph.classNames().size(),
                                parsed.trainPerClass(),
                                parsed.validationPerClass(),
                                parsed.seed()))
                .build();
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw NotFoundException.of("dataset", name, entries.keySet());
        }
        return entry;
    }
}
