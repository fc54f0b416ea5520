package org.aitia.visualization.internal;

import java.util.List;
import java.util.Locale;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.Provenance;
import org.aitia.api.graph.Graph;
import org.aitia.api.render.RenderRequest;

/**
 * One explanation with what it is about.
 *
 * @param explanation what was found
 * @param provenance where it comes from
 * @param dataset names, labels, ground truth
 * @param graph the graph that it is about
 */
record Subject(Explanation explanation, Provenance provenance, Dataset dataset, Graph graph) {
    private static final int SHORT_NAME = 2;

    /** Brings an explanation and its data together, or says why they do not fit. */
    static Subject of(Explanation explanation, RenderRequest request) {
        Dataset dataset = request.dataset();
        Provenance provenance = request.result().provenance();
        int id = explanation.target().id();
        Task task = dataset.info().task();
        int instances = dataset.instanceCount();
        if (id < 0 || id >= instances) {
            throw misfit(
                    task.name().toLowerCase(Locale.ROOT) + " " + id + " is explained",
                    dataset,
                    "0.." + (instances - 1));
        }
        Graph graph = task == Task.GRAPH ? dataset.graphs().get(id) : dataset.graph();
        for (int node : explanation.nodes()) {
            if (node < 0 || node >= graph.nodeCount()) {
                throw misfit(
                        "the explanation of " + id + " holds node " + node, dataset, "0.." + (graph.nodeCount() - 1));
            }
        }
        return new Subject(explanation, provenance, dataset, graph);
    }

    private static InvalidRequestException misfit(String found, Dataset dataset, String range) {
        return new InvalidRequestException(found + ", but data set '"
                + dataset.info().name() + "' has " + range + "; show it with the data that it was made with");
    }

    /** Whether the classes of the data set are classes of nodes. */
    boolean isNodeTask() {
        return dataset.info().task() == Task.NODE;
    }

    int graphIndex() {
        return dataset.info().task() == Task.GRAPH ? explanation.target().id() : 0;
    }

    /** The nodes that the prediction is about: one, the two ends of a link, or none for a graph. */
    List<Integer> targetNodes() {
        int id = explanation.target().id();
        return switch (dataset.info().task()) {
            case NODE -> List.of(id);
            case GRAPH -> List.of();
            case LINK -> List.of(dataset.linkSource(id), dataset.linkTarget(id));
        };
    }

    /** What is explained, in two words. */
    String target() {
        return switch (dataset.info().task()) {
            case NODE -> "node " + explanation.target().id();
            case GRAPH -> "graph " + explanation.target().id();
            case LINK -> "link " + linkText(dataset, explanation.target().id());
        };
    }

    /** A link as the command line names it. */
    static String linkText(Dataset dataset, int instance) {
        return dataset.linkSource(instance) + "-" + dataset.linkTarget(instance);
    }

    /** What is written on a node: its number, behind a short name such as an atom's. */
    String nodeLabel(int id) {
        return graph.nodeName(id).filter(name -> name.length() <= SHORT_NAME).orElse("") + id;
    }

    /** A node's number and its name, if it has one that the label does not show. */
    String nodeName(int id) {
        return nodeLabel(id)
                + graph.nodeName(id)
                        .filter(name -> name.length() > SHORT_NAME)
                        .map(name -> " (" + name + ")")
                        .orElse("");
    }
}
