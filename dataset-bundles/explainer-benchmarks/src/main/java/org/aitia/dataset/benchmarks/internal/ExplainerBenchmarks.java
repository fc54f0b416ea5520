package org.aitia.dataset.benchmarks.internal;

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
import org.aitia.formats.ByteSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the very graphs that the GNNExplainer and PGExplainer papers were evaluated on. */
@Component(
        property = {
            "aitia.name=ba-shapes-original",
            "aitia.name=ba-community-original",
            "aitia.name=tree-cycles-original",
            "aitia.name=tree-grid-original",
            "aitia.name=ba-2motifs-original"
        })
public final class ExplainerBenchmarks implements DatasetProvider {
    private static final String REPOSITORY = "https://github.com/flyingdoog/PGExplainer";

    /** An address that cannot change its content. */
    private static final String FILES = REPOSITORY + "/raw/51edc7b3000e980635f68618af027ae24297f6e5/dataset/";

    private static final RemoteFile NODE_SETS = new RemoteFile(
            "pgexplainer/datasets.zip",
            URI.create(FILES + "datasets.zip"),
            Optional.of("5ccc4ae0009519a5c59bb60e4fd28da82ba7b3cc3bdedc6e41da2718f625c937"));
    private static final RemoteFile GRAPH_SET = new RemoteFile(
            "pgexplainer/BA-2motif.pkl",
            URI.create(FILES + "BA-2motif.pkl"),
            Optional.of("1bc52c4ea0bd650261f4a88d9906e091891827c1f0ed0663d84096285c95ad25"));

    private static final String LICENCE = "none stated: do not redistribute; downloaded from its authors at run time";
    private static final String LUO = "D. Luo, W. Cheng, D. Xu, W. Yu, B. Zong, H. Chen, X. Zhang: Parameterized"
            + " Explainer for Graph Neural Network. NeurIPS 2020";
    private static final String YING =
            "R. Ying, D. Bourgeois, J. You, M. Zitnik, J. Leskovec: GNNExplainer: Generating Explanations for Graph"
                    + " Neural Networks. NeurIPS 2019; files by " + LUO;

    /** How to make one of the data sets out of its file. */
    private record Recipe<O extends Record>(
            DatasetInfo info, RemoteFile file, OptionSchema<O> schema, String targets, Reader<O> reader) {
        interface Reader<O> {
            Dataset.Builder read(DatasetInfo info, Path file, O options);
        }

        Dataset load(DatasetCache cache, Map<String, String> given, TaskMonitor monitor) {
            O options = schema.parse(given);
            Path path = cache.fetch(info, List.of(file), monitor).get(0);
            monitor.checkCancelled();
            monitor.progress("reading files", 0, 1);
            return reader.read(info, path, options)
                    .options(given)
                    .suggestedTargets(targets)
                    .build();
        }
    }

    private final DatasetCache cache;
    private final Map<String, Recipe<?>> recipes = new LinkedHashMap<>();

    /**
     * Creates the provider.
     *
     * @param cache fetches the files
     */
    @Activate
    public ExplainerBenchmarks(@Reference DatasetCache cache) {
        this.cache = cache;
        addNodeSet(
                "ba-shapes-original",
                "BA-Shapes (original)",
                "80 five-node houses on a Barabasi-Albert graph of 300 nodes; the class is a node's place in its house.",
                "syn1.pkl",
                "400..699:5",
                List.of("base", "house middle", "house bottom", "house top"));
        addNodeSet(
                "ba-community-original",
                "BA-Community (original)",
                "Two BA-Shapes graphs joined by random edges, told apart by their features; the class is community and"
                        + " place in the house.",
                "syn2.pkl",
                "400..699:5",
                List.of(
                        "base 1",
                        "house middle 1",
                        "house bottom 1",
                        "house top 1",
                        "base 2",
                        "house middle 2",
                        "house bottom 2",
                        "house top 2"));
        addNodeSet(
                "tree-cycles-original",
                "Tree-Cycles (original)",
                "60 cycles of six nodes on a binary tree of height 8; the class is tree or cycle.",
                "syn3.pkl",
                "511..870:6",
                List.of("tree", "cycle"));
        addNodeSet(
                "tree-grid-original",
                "Tree-Grid (original)",
                "80 grids of three by three nodes on a binary tree of height 8; the class is tree or grid.",
                "syn4.pkl",
                "511..799",
                List.of("tree", "grid"));
        add(new Recipe<>(
                new DatasetInfo(
                        "ba-2motifs-original",
                        "BA-2motifs (original)",
                        "1000 graphs of 25 nodes, half of them with a five-node cycle, half with a house; the class is"
                                + " which.",
                        Task.GRAPH,
                        REPOSITORY,
                        LUO,
                        LICENCE,
                        false),
                GRAPH_SET,
                OptionSchema.of(GraphSetOptions.class),
                "0..99,500..599",
                (info, file, options) -> TwoMotifs.read(info, ByteSource.of(file), options)));
    }

    private void addNodeSet(
            String name, String title, String description, String entry, String targets, List<String> classes) {
        add(new Recipe<>(
                new DatasetInfo(name, title, description, Task.NODE, REPOSITORY, YING, LICENCE, false),
                NODE_SETS,
                OptionSchema.of(NodeSetOptions.class),
                targets,
                (info, file, options) -> NodeSet.read(info, file, entry, classes)));
    }

    private void add(Recipe<?> recipe) {
        recipes.put(recipe.info().name(), recipe);
    }

    @Override
    public List<DatasetInfo> datasets() {
        return recipes.values().stream().map(Recipe::info).toList();
    }

    @Override
    public List<OptionSpec> options(String name) {
        return recipe(name).schema().specs();
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        return recipe(name).load(cache, options, monitor);
    }

    private Recipe<?> recipe(String name) {
        Recipe<?> recipe = recipes.get(name);
        if (recipe == null) {
            throw NotFoundException.of("dataset", name, recipes.keySet());
        }
        return recipe;
    }
}
