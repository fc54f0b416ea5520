package org.aitia.dataset.synthetic.internal;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers the synthetic data sets. */
@Component(
        property = {
            "aitia.name=ba-shapes",
            "aitia.name=ba-community",
            "aitia.name=tree-cycles",
            "aitia.name=tree-grid",
            "aitia.name=ba-2motifs"
        })
public final class SyntheticDatasets implements DatasetProvider {
    private static final String YING =
            "R. Ying, D. Bourgeois, J. You, M. Zitnik, J. Leskovec: GNNExplainer: Generating Explanations for Graph"
                    + " Neural Networks. NeurIPS 2019";
    private static final String LUO = "D. Luo, W. Cheng, D. Xu, W. Yu, B. Zong, H. Chen, X. Zhang: Parameterized"
            + " Explainer for Graph Neural Network. NeurIPS 2020";

    private record Recipe<O extends Record>(DatasetInfo info, OptionSchema<O> schema, Maker<O> maker) {
        interface Maker<O> {
            Dataset make(DatasetInfo info, Map<String, String> given, O options);
        }

        Dataset load(Map<String, String> given, TaskMonitor monitor) {
            O options = schema.parse(given);
            monitor.checkCancelled(); // generation itself takes milliseconds
            return maker.make(info, given, options);
        }
    }

    private final Map<String, Recipe<?>> recipes;
    private final List<DatasetInfo> infos;

    /** Declares what there is; generates nothing. */
    @Activate
    public SyntheticDatasets() {
        OptionSchema<NodeSetOptions> nodes = OptionSchema.of(NodeSetOptions.class);
        OptionSchema<GraphSetOptions> graphs = OptionSchema.of(GraphSetOptions.class);
        List<Recipe<?>> all = List.of(
                new Recipe<>(
                        info(
                                "ba-shapes",
                                "BA-Shapes",
                                "80 five-node houses on a Barabasi-Albert graph of 300 nodes; the class is a node's"
                                        + " place in its house.",
                                Task.NODE,
                                YING),
                        nodes,
                        NodeSets::baShapes),
                new Recipe<>(
                        info(
                                "ba-community",
                                "BA-Community",
                                "Two BA-Shapes graphs joined by random edges, told apart by their features; the class"
                                        + " is community and place in the house.",
                                Task.NODE,
                                YING),
                        nodes,
                        NodeSets::baCommunity),
                new Recipe<>(
                        info(
                                "tree-cycles",
                                "Tree-Cycles",
                                "60 cycles of six nodes on a binary tree of height 8; the class is tree or cycle.",
                                Task.NODE,
                                YING),
                        nodes,
                        NodeSets::treeCycles),
                new Recipe<>(
                        info(
                                "tree-grid",
                                "Tree-Grid",
                                "80 grids of three by three nodes on a binary tree of height 8; the class is tree or"
                                        + " grid.",
                                Task.NODE,
                                YING),
                        nodes,
                        NodeSets::treeGrid),
                new Recipe<>(
                        info(
                                "ba-2motifs",
                                "BA-2motifs",
                                "1000 graphs of 25 nodes, half of them with a five-node cycle, half with a house; the"
                                        + " class is which.",
                                Task.GRAPH,
                                LUO),
                        graphs,
                        TwoMotifs::generate));
        recipes = all.stream().collect(Collectors.toMap(recipe -> recipe.info().name(), Function.identity()));
        infos = all.stream().map(Recipe::info).toList();
    }

    private static DatasetInfo info(String name, String title, String description, Task task, String citation) {
        return new DatasetInfo(
                name, title, description, task, "generated on this machine", citation, "none needed: generated", true);
    }

    @Override
    public List<DatasetInfo> datasets() {
        return infos;
    }

    @Override
    public List<OptionSpec> options(String name) {
        return recipe(name).schema().specs();
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        return recipe(name).load(options, monitor);
    }

    private Recipe<?> recipe(String name) {
        Recipe<?> recipe = recipes.get(name);
        if (recipe == null) {
            throw NotFoundException.of("dataset", name, recipes.keySet());
        }
        return recipe;
    }
}
