package org.aitia.api.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.graph.Graph;

/**
 * A data set in memory. Immutable and safe for several threads.
 *
 * <p>Instances are nodes of the one graph for node tasks, graphs for graph tasks, and candidate links between nodes of
 * the one graph for link tasks.
 */
public final class Dataset {
    private final DatasetInfo info;
    private final Map<String, String> options;
    private final List<Graph> graphs;
    private final int[] graphLabels;
    private final List<String> classNames;
    private final List<String> featureNames;
    private final List<String> edgeFeatureNames;
    private final int[] linkSources;
    private final int[] linkTargets;
    private final int[] linkLabels;
    private final Map<String, Split> splits;
    private final Optional<GroundTruth> groundTruth;
    private final String suggestedTargets;
    private final String digest;

    private Dataset(Builder builder) {
        info = builder.info;
        options = Map.copyOf(builder.options);
        graphs = List.copyOf(builder.graphs);
        graphLabels = builder.graphLabels.clone();
        classNames = List.copyOf(builder.classNames);
        featureNames = List.copyOf(builder.featureNames);
        edgeFeatureNames = List.copyOf(builder.edgeFeatureNames);
        linkSources = builder.linkSources.clone();
        linkTargets = builder.linkTargets.clone();
        linkLabels = builder.linkLabels.clone();
        splits = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(builder.splits));
        groundTruth = Optional.ofNullable(builder.groundTruth);
        suggestedTargets = builder.suggestedTargets;
        if (graphs.isEmpty()) {
            throw new InvalidRequestException("data set '" + info.name() + "' has no graph");
        }
        if (info.task() != Task.GRAPH && graphs.size() != 1) {
            throw new InvalidRequestException(
                    "data set '" + info.name() + "' needs exactly one graph for node and link tasks");
        }
        if (linkSources.length != linkTargets.length || linkSources.length != linkLabels.length) {
            throw new InvalidRequestException("data set '" + info.name() + "' has " + linkSources.length + " sources, "
                    + linkTargets.length + " targets and " + linkLabels.length + " labels of links");
        }
        if (info.task() == Task.GRAPH && graphLabels.length != graphs.size()) {
            throw new InvalidRequestException("data set '" + info.name() + "' has " + graphs.size() + " graphs but "
                    + graphLabels.length + " labels");
        }
        digest = DatasetDigest.of(this);
    }

    /**
     * Starts a data set.
     *
     * @param info what is known of it
     * @return a builder
     */
    public static Builder builder(DatasetInfo info) {
        return new Builder(info);
    }

    /**
     * Returns what it is.
     *
     * @return name, origin, licence and so on
     */
    public DatasetInfo info() {
        return info;
    }

    /**
     * Returns the options that it was loaded with.
     *
     * @return only those that were given
     */
    public Map<String, String> options() {
        return options;
    }

    /**
     * Returns the graphs.
     *
     * @return one for node tasks
     */
    public List<Graph> graphs() {
        return graphs;
    }

    /**
     * Returns the graph of a node task.
     *
     * @return the first graph
     */
    public Graph graph() {
        return graphs.get(0);
    }

    /**
     * Returns how many instances there are.
     *
     * @return nodes for node tasks, graphs for graph tasks, candidate links for link tasks
     */
    public int instanceCount() {
        return switch (info.task()) {
            case NODE -> graph().nodeCount();
            case GRAPH -> graphs.size();
            case LINK -> linkSources.length;
        };
    }

    /**
     * Returns the class of an instance.
     *
     * @param instance a node, the index of a graph, or that of a candidate link
     * @return its class, or -1 if it has none
     */
    public int label(int instance) {
        return switch (info.task()) {
            case NODE -> graph().label(instance);
            case GRAPH -> graphLabels[instance];
            case LINK -> linkLabels[instance];
        };
    }

    /**
     * Returns where a candidate link begins.
     *
     * @param instance index of the candidate
     * @return a node
     */
    public int linkSource(int instance) {
        return linkSources[instance];
    }

    /**
     * Returns where a candidate link ends.
     *
     * @param instance index of the candidate
     * @return a node
     */
    public int linkTarget(int instance) {
        return linkTargets[instance];
    }

    /**
     * Returns the number of features per node.
     *
     * @return F
     */
    public int featureCount() {
        return graph().features().columns();
    }

    /**
     * Returns the number of features per edge.
     *
     * @return D; 0 where edges have none
     */
    public int edgeFeatureCount() {
        return graph().edgeFeatures().columns();
    }

    /**
     * Returns the name of a feature of edges.
     *
     * @param feature in [0, D)
     * @return its name, or {@code "edge feature 2"}
     */
    public String edgeFeatureName(int feature) {
        return edgeFeatureNames.isEmpty() ? "edge feature " + feature : edgeFeatureNames.get(feature);
    }

    /**
     * Returns the number of classes.
     *
     * @return C
     */
    public int classCount() {
        return classNames.size();
    }

    /**
     * Returns the names of the classes.
     *
     * @return [C]; their numbers as text where they have no names
     */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * Returns the name of a feature.
     *
     * @param feature in [0, F)
     * @return its name, or {@code "feature 7"}
     */
    public String featureName(int feature) {
        return featureNames.isEmpty() ? "feature " + feature : featureNames.get(feature);
    }

    /**
     * Returns the divisions by name; the first is the default.
     *
     * @return in the provider's order; may be empty
     */
    public Map<String, Split> splits() {
        return splits;
    }

    /**
     * Returns the default split.
     *
     * @return the first
     * @throws NotFoundException if there is none
     */
    public Split split() {
        return splits.values().stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundException("data set '" + info.name() + "' has no split"));
    }

    /**
     * Returns the true explanations.
     *
     * @return empty if they are not known
     */
    public Optional<GroundTruth> groundTruth() {
        return groundTruth;
    }

    /**
     * Returns the instances that the literature explains, in the notation of the command line.
     *
     * @return for example {@code "400..699:5"}; empty if there is no custom
     */
    public String suggestedTargets() {
        return suggestedTargets;
    }

    /**
     * Returns the identity of the content.
     *
     * @return {@code sha256:} and 64 hexadecimal digits, over structure, features, labels and splits
     */
    public String digest() {
        return digest;
    }

    int[] graphLabels() {
        return graphLabels;
    }

    /** Builds a {@link Dataset}. Used by one thread. */
    public static final class Builder {
        private final DatasetInfo info;
        private Map<String, String> options = Map.of();
        private List<Graph> graphs = List.of();
        private int[] graphLabels = {};
        private List<String> classNames = List.of();
        private List<String> featureNames = List.of();
        private List<String> edgeFeatureNames = List.of();
        private int[] linkSources = {};
        private int[] linkTargets = {};
        private int[] linkLabels = {};
        private final Map<String, Split> splits = new java.util.LinkedHashMap<>();
        private GroundTruth groundTruth;
        private String suggestedTargets = "";

        private Builder(DatasetInfo info) {
            this.info = info;
        }

        /**
         * Records the options of loading.
         *
         * @param given as the provider was given them
         * @return this
         */
        public Builder options(Map<String, String> given) {
            this.options = given;
            return this;
        }

        /**
         * Sets the graph of a node task.
         *
         * @param graph the graph
         * @return this
         */
        public Builder graph(Graph graph) {
            this.graphs = List.of(graph);
            return this;
        }

        /**
         * Sets the graphs of a graph task.
         *
         * @param list the graphs
         * @param labels a class per graph, -1 for none
         * @return this
         */
        public Builder graphs(List<Graph> list, int[] labels) {
            this.graphs = list;
            this.graphLabels = labels;
            return this;
        }

        /**
         * Sets the candidate links of a link task.
         *
         * @param sources one end of each
         * @param targets the other end of each
         * @param labels a class for each, -1 for none
         * @return this
         */
        public Builder links(int[] sources, int[] targets, int[] labels) {
            this.linkSources = sources;
            this.linkTargets = targets;
            this.linkLabels = labels;
            return this;
        }

        /**
         * Names the features of edges.
         *
         * @param names [D]
         * @return this
         */
        public Builder edgeFeatureNames(List<String> names) {
            this.edgeFeatureNames = names;
            return this;
        }

        /**
         * Sets the number of classes, named by their numbers.
         *
         * @param count C
         * @return this
         */
        public Builder classes(int count) {
            return classNames(
                    IntStream.range(0, count).mapToObj(Integer::toString).toList());
        }

        /**
         * Names the classes.
         *
         * @param names [C]
         * @return this
         */
        public Builder classNames(List<String> names) {
            this.classNames = names;
            return this;
        }

        /**
         * Names the features.
         *
         * @param names [F]
         * @return this
         */
        public Builder featureNames(List<String> names) {
            this.featureNames = names;
            return this;
        }

        /**
         * Adds a split; the first one added is the default.
         *
         * @param name for example {@code public}
         * @param split the division
         * @return this
         */
        public Builder split(String name, Split split) {
            splits.put(name, split);
            return this;
        }

        /**
         * Sets the true explanations.
         *
         * @param truth what is known by construction
         * @return this
         */
        public Builder groundTruth(GroundTruth truth) {
            this.groundTruth = truth;
            return this;
        }

        /**
         * Sets the instances that the literature explains.
         *
         * @param targets in the notation of the command line
         * @return this
         */
        public Builder suggestedTargets(String targets) {
            this.suggestedTargets = targets;
            return this;
        }

        /**
         * Builds the data set and computes its digest.
         *
         * @return an immutable data set
         */
        public Dataset build() {
            return new Dataset(this);
        }
    }

    @Override
    public String toString() {
        return "Dataset[" + info.name() + ", "
                + Arrays.toString(graphs.stream().limit(1).toArray()) + "]";
    }
}
