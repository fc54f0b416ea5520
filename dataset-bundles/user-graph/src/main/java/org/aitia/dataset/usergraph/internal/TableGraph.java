package org.aitia.dataset.usergraph.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.Features;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.formats.BadFormat;

/** Makes a data set of tables. */
final class TableGraph {
    private final Tables tables;
    private final Descriptor descriptor;
    private final TaskMonitor monitor;
    private final boolean directed;

    /**
     * The tables of a graph.
     *
     * @param name what messages call the whole
     * @param nodes empty if edges name the nodes
     * @param edges the edges
     * @param graphs the graphs of a graph task
     * @param links the candidate links of a link task
     * @param directed what the format says of edges; users may say otherwise
     */
    record Tables(
            String name,
            Optional<Table> nodes,
            Table edges,
            Optional<Table> graphs,
            Optional<Table> links,
            boolean directed) {}

    TableGraph(Tables tables, Descriptor descriptor, TaskMonitor monitor) {
        this.tables = tables;
        this.descriptor = descriptor;
        this.monitor = monitor;
        this.directed = descriptor.directed().orElse(tables.directed());
    }

    /** What labels are about: as declared, else as the tables that are there suggest. */
    static Task task(Descriptor descriptor, Tables tables) {
        return descriptor
                .task()
                .map(name -> Task.valueOf(name.name()))
                .orElse(
                        tables.graphs().isPresent()
                                ? Task.GRAPH
                                : tables.links().isPresent() ? Task.LINK : Task.NODE);
    }

    Dataset load(UserData data) {
        Task task = task(descriptor, tables);
        Faults faults = new Faults();
        NodeTable.GraphNames graphNames = new NodeTable.GraphNames();
        Optional<InstanceTable> instances = Optional.empty();
        if (task == Task.GRAPH) {
            InstanceTable graphs = new InstanceTable(required(tables.graphs(), "graphs.csv"), descriptor.classes());
            graphs.readGraphs(descriptor.graphs(), graphNames, faults, monitor);
            faults.throwIfAny();
            instances = Optional.of(graphs);
        }
        boolean idsPerGraph = task == Task.GRAPH && EdgeTable.namesGraphs(tables.edges(), descriptor.edges());
        if (task == Task.GRAPH && tables.nodes().isEmpty()) {
            required(tables.nodes(), "nodes.csv");
        }
        NodeTable nodes = new NodeTable(
                tables.nodes(), task == Task.NODE ? descriptor.classes() : List.of(), graphNames, idsPerGraph);
        nodes.read(descriptor, task == Task.GRAPH, faults, monitor);
        faults.throwIfAny(); // edges of nodes that are at fault would only repeat it
        EdgeTable edges = new EdgeTable(tables.edges());
        Optional<NodeTable.GraphNames> perGraph = task == Task.GRAPH ? Optional.of(graphNames) : Optional.empty();
        edges.read(descriptor, directed, nodes, perGraph, faults, monitor);
        if (task == Task.LINK) {
            InstanceTable links = new InstanceTable(required(tables.links(), "links.csv"), descriptor.classes());
            links.readLinks(descriptor.links(), nodes, faults, monitor);
            instances = Optional.of(links);
        }
        faults.throwIfAny();
        if (nodes.count() == 0) {
            throw BadFormat.of(nodes.name(), "", "at least one node", "none", "add lines below the header");
        }
        Features features = nodes.features(descriptor.normalization(), monitor);
        Optional<Features> edgeFeatures = edges.features(monitor);
        List<Part> parts = task == Task.GRAPH
                ? parts(graphNames, nodes, edges, features, edgeFeatures)
                : List.of(single(task, nodes, edges, features, edgeFeatures));
        return dataset(data, task, nodes, edges, instances, parts);
    }

    private Table required(Optional<Table> table, String file) {
        return table.orElseThrow(() -> BadFormat.of(
                tables.name(), "", "a table " + file + ", as the task needs one", "none", "add it or change the task"));
    }

    private Dataset dataset(
            UserData data,
            Task task,
            NodeTable nodes,
            EdgeTable edges,
            Optional<InstanceTable> instances,
            List<Part> parts) {
        Labels labels = instances.map(InstanceTable::labels).orElse(nodes.labels());
        Splits splits = instances.map(InstanceTable::splits).orElse(nodes.splits());
        List<String> classes = labels.classNames();
        int[] classOf = labels.toArray();
        List<String> findings = new ArrayList<>();
        findings.add(directed ? "directed" : "undirected");
        findings.add(nodes.summary()
                .map(s -> "features: " + s)
                .orElse("no columns of features, so each node has the constant 1"));
        edges.summary().ifPresent(s -> findings.add("edge features: " + s));
        findings.add(UserData.classes(classes));
        List<Graph> graphs = parts.stream().map(Part::graph).toList();
        Dataset.Builder builder = data.begin(descriptor, task, findings)
                .classNames(classes)
                .featureNames(nodes.featureNames())
                .edgeFeatureNames(edges.featureNames());
        switch (task) {
            case NODE -> builder.graph(graphs.get(0));
            case GRAPH -> builder.graphs(graphs, classOf);
            case LINK ->
                builder.graph(graphs.get(0))
                        .links(
                                instances.orElseThrow().sources(),
                                instances.orElseThrow().targets(),
                                classOf);
        }
        splits.toMap(classOf, classes.size(), descriptor.fractions(), data.seed())
                .forEach(builder::split);
        if (edges.hasTruth() && task != Task.LINK) {
            builder.groundTruth(
                    new EdgeTruth(task, graphs, parts.stream().map(Part::truth).toList()));
        }
        return builder.build();
    }

    /** A graph and which of its edges are true. */
    private record Part(Graph graph, BitSet truth) {}

    private Part single(
            Task task, NodeTable nodes, EdgeTable edges, Features features, Optional<Features> edgeFeatures) {
        int[] lines = new int[edges.count()];
        Arrays.setAll(lines, i -> i);
        int[] own = new int[nodes.count()];
        Arrays.setAll(own, i -> i);
        GraphBuilder builder = Graph.builder(nodes.count()).features(features);
        if (task == Task.NODE && nodes.labels().any()) {
            builder.labels(nodes.labels().toArray());
        }
        if (!nodes.names().isEmpty()) {
            builder.nodeNames(nodes.names());
        }
        return build(builder, edges, lines, own, edgeFeatures);
    }

    private List<Part> parts(
            NodeTable.GraphNames names,
            NodeTable nodes,
            EdgeTable edges,
            Features features,
            Optional<Features> edgeFeatures) {
        Ints[] members = new Ints[names.size()];
        Ints[] lines = new Ints[names.size()];
        Arrays.setAll(members, i -> new Ints());
        Arrays.setAll(lines, i -> new Ints());
        int[] local = new int[nodes.count()];
        for (int v = 0; v < local.length; v++) {
            local[v] = members[nodes.graph(v)].size();
            members[nodes.graph(v)].add(v);
        }
        for (int e = 0; e < edges.count(); e++) {
            lines[nodes.graph(edges.source(e))].add(e);
        }
        boolean named = !nodes.names().isEmpty();
        int[] labels = nodes.labels().toArray();
        List<Part> parts = new ArrayList<>();
        for (int g = 0; g < members.length; g++) {
            monitor.checkCancelled();
            int[] own = members[g].toArray();
            GraphBuilder builder = Graph.builder(own.length).features(features.select(own));
            if (named) {
                builder.nodeNames(Arrays.stream(own).mapToObj(nodes::id).toList());
            }
            if (nodes.labels().any()) {
                builder.labels(Arrays.stream(own).map(v -> labels[v]).toArray());
            }
            parts.add(build(builder, edges, lines[g].toArray(), local, edgeFeatures));
        }
        return parts;
    }

    private Part build(
            GraphBuilder builder, EdgeTable edges, int[] lines, int[] local, Optional<Features> edgeFeatures) {
        if (descriptor.selfLoops() == Descriptor.Loops.DROP) {
            builder.withoutSelfLoops();
        }
        builder.reserve(directed ? lines.length : Math.multiplyExact(lines.length, 2));
        Ints rows = new Ints(); // the line of each added edge
        for (int line : lines) {
            int from = local[edges.source(line)];
            int to = local[edges.target(line)];
            builder.edge(from, to, edges.weight(line));
            rows.add(line);
            if (!directed && from != to) {
                builder.edge(to, from, edges.weight(line));
                rows.add(line);
            }
        }
        edgeFeatures.ifPresent(all -> builder.edgeFeatures(all.select(rows.toArray())));
        Graph graph = builder.build();
        BitSet truth = new BitSet();
        for (int line : lines) {
            int from = local[edges.source(line)];
            int to = local[edges.target(line)];
            if (edges.isTrue(line) && graph.edge(from, to) >= 0) { // a self-loop may have been dropped
                truth.set(graph.edge(from, to));
                int reverse = graph.edge(to, from);
                if (!directed && reverse >= 0) {
                    truth.set(reverse);
                }
            }
        }
        return new Part(graph, truth);
    }
}
