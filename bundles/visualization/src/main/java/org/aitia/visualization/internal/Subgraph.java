package org.aitia.visualization.internal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.Graph;

/**
 * The part of a computation graph that a picture shows: the most important edges, the target, what connects them, and
 * the other edges between these nodes. Of a graph task, all nodes and edges.
 *
 * @param nodes what is drawn as discs; the target first where there is one
 * @param links what is drawn as lines, the least important first
 * @param categories what colours mean, in the order of a legend
 * @param largest the largest absolute importance of an edge; 0 if edges were not explained
 * @param pairCount edges of the computation graph, an undirected pair counted once
 * @param importantCount those of them whose importance is not 0
 * @param sized whether nodes have importances of their own
 * @param signed whether importances can speak against the class: some do
 */
record Subgraph(
        List<Node> nodes,
        List<Link> links,
        List<Category> categories,
        double largest,
        int pairCount,
        int importantCount,
        boolean sized,
        boolean signed) {

    /** Larger graphs of graph tasks are drawn like the surroundings of a node: their most important edges. */
    static final int LARGEST_WHOLE_GRAPH = 200;

    /** How many nodes show where a target is when no edge is important. */
    private static final int SURROUNDINGS = 24;

    private static final int HINTED_FEATURES = 3;

    /** With more names than this, names are no categories. */
    private static final int MOST_NAMES = 8;

    /**
     * A node of the picture.
     *
     * @param id its number
     * @param label what is written on it
     * @param category position in the categories
     * @param importance of either sign; 0 if nodes have none
     * @param strength its size over the largest, in [0, 1]; 1 if nodes have none
     * @param target whether it is the explained node
     * @param faint whether it is only context
     * @param hint what it is, in words
     */
    record Node(
            int id,
            String label,
            int category,
            double importance,
            double strength,
            boolean target,
            boolean faint,
            String hint) {}

    /**
     * An edge of the picture, one for both directions of a pair.
     *
     * @param from position of a node
     * @param to position of a node
     * @param importance the larger of the two directions, by size; of either sign
     * @param strength its size over the largest, in [0, 1]
     * @param faint whether it is only context
     * @param truth whether it belongs to the ground truth
     * @param arrows 0 for none, 1 at {@code to}, 2 at both ends
     * @param hint what it is, in words
     */
    record Link(
            int from,
            int to,
            double importance,
            double strength,
            boolean faint,
            boolean truth,
            int arrows,
            String hint) {}

    /**
     * What a colour means.
     *
     * @param name for people
     * @param colour of the nodes
     */
    record Category(String name, Colour colour) {}

    boolean hasTruth() {
        return links.stream().anyMatch(Link::truth);
    }

    boolean hasContext() {
        return links.stream().anyMatch(Link::faint);
    }

    /** Whether nodes, and not only edges, speak for or against the class. */
    boolean hasSignedNodes() {
        return signed && sized && nodes.stream().anyMatch(node -> node.importance() < 0);
    }

    long shownCount() {
        return links.stream().filter(link -> !link.faint()).count();
    }

    /** Both directions of an edge, or a single one. */
    static final class Pair {
        final int source;
        final int target;
        int edge; // the position of the direction whose importance it has
        float importance;
        double deviation = Double.NaN; // of repeated runs
        boolean bothWays;
        boolean truth;

        private Pair(int source, int target, int edge, float importance) {
            this.source = source;
            this.target = target;
            this.edge = edge;
            this.importance = importance;
        }

        /** Size, whatever the sign. */
        double size() {
            return Math.abs(importance);
        }
    }

    /**
     * Returns the edges of an explanation, the two directions of a pair made one with the larger of their importances.
     *
     * @param explanation its edges
     * @return by falling absolute importance; ties as in the explanation, which is near the target first
     */
    static List<Pair> pairs(Explanation explanation) {
        float[] mask = explanation.edgeMask();
        Map<Long, Pair> pairs = new LinkedHashMap<>();
        for (int e = 0; e < explanation.edgeCount(); e++) {
            int source = explanation.edgeSources()[e];
            int target = explanation.edgeTargets()[e];
            float importance = mask.length == 0 ? 0 : mask[e];
            Pair known = pairs.get(key(source, target));
            if (known == null) {
                pairs.put(key(source, target), new Pair(source, target, e, importance));
            } else if (known.source != source && Math.abs(importance) > known.size()) {
                known.importance = importance;
                known.edge = e;
            }
        }
        List<Pair> sorted = new ArrayList<>(pairs.values());
        explanation.masks().deviation().map(MaskValues.Deviation::edges).ifPresent(deviations -> {
            if (deviations.length > 0) {
                sorted.forEach(pair -> pair.deviation = deviations[pair.edge]);
            }
        });
        sorted.sort(Comparator.comparingDouble(pair -> -pair.size()));
        return sorted;
    }

    private static long key(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }

    /**
     * Chooses what to show.
     *
     * @param subject the explanation and what it is about
     * @param topEdges how many edges to show in full
     * @return the part to draw
     */
    static Subgraph of(Subject subject, int topEdges) {
        return new Choice(subject, topEdges).make();
    }

    /** The steps of choosing. */
    private static final class Choice {
        private final Subject subject;
        private final Graph graph;
        private final List<Integer> targets;
        private final List<Pair> pairs;
        private final int top;
        private final Set<Integer> chosen = new LinkedHashSet<>();
        private final Set<Pair> path = new LinkedHashSet<>();
        private final Set<Integer> strong = new LinkedHashSet<>();
        private final Map<Integer, Double> nodeImportance = new HashMap<>(); // of either sign
        private final Map<Integer, Integer> nodePositions = new HashMap<>();
        private final List<String> names; // sorted; empty if names are no categories

        Choice(Subject subject, int topEdges) {
            this.subject = subject;
            graph = subject.graph();
            targets = subject.targetNodes();
            names = names(graph);
            pairs = pairs(subject.explanation());
            top = (int) pairs.stream()
                    .limit(topEdges)
                    .filter(pair -> pair.size() > 0)
                    .count();
            float[] importance = Importances.ofNodes(subject.explanation());
            for (int i = 0; i < importance.length; i++) {
                nodePositions.put(subject.explanation().nodes()[i], i);
                nodeImportance.put(subject.explanation().nodes()[i], (double) importance[i]);
            }
            if (nodeImportance.values().stream().allMatch(value -> value == 0)) {
                nodeImportance.clear();
            }
            chosen.addAll(targets);
            for (Pair pair : pairs.subList(0, top)) {
                chosen.add(pair.source);
                chosen.add(pair.target);
            }
            strong.addAll(chosen);
        }

        Subgraph make() {
            lookUp();
            boolean whole = targets.isEmpty() && graph.nodeCount() <= LARGEST_WHOLE_GRAPH;
            if (whole) {
                IntStream.range(0, graph.nodeCount()).forEach(chosen::add);
            } else if (top == 0) {
                addSurroundings();
            } else if (!targets.isEmpty()) {
                connect();
            }
            Map<Integer, Integer> positions = new HashMap<>();
            chosen.forEach(id -> positions.put(id, positions.size()));
            List<Link> links = links(positions, whole);
            Map<Integer, Category> categories = categories();
            List<Integer> order = List.copyOf(categories.keySet());
            double largestNode = nodeImportance.values().stream()
                    .mapToDouble(Math::abs)
                    .max()
                    .orElse(0);
            List<Node> nodes = chosen.stream()
                    .map(id -> node(id, order.indexOf(categoryOf(id)), categories.get(categoryOf(id)), largestNode))
                    .toList();
            return new Subgraph(
                    nodes,
                    links,
                    List.copyOf(categories.values()),
                    largest(),
                    pairs.size(),
                    (int) pairs.stream().filter(pair -> pair.size() > 0).count(),
                    !nodeImportance.isEmpty(),
                    Importances.isSigned(subject.explanation()));
        }

        private double largest() {
            return pairs.isEmpty() ? 0 : pairs.get(0).size();
        }

        /** Looks up what the explanation does not say: the reverse may lie outside the receptive field. */
        private void lookUp() {
            BitSet truth = subject.dataset()
                    .groundTruth()
                    .map(known -> known.edges(subject.graphIndex()))
                    .orElseGet(BitSet::new);
            for (Pair pair : pairs) {
                int forward = graph.edge(pair.source, pair.target);
                int from = pair.target;
                int backward = graph.edge(from, pair.source);
                pair.bothWays = forward >= 0 && backward >= 0;
                pair.truth = forward >= 0 && truth.get(forward) || backward >= 0 && truth.get(backward);
            }
        }

        /** Without an important edge, the nodes of a mask or those nearest to the target give an idea. */
        private void addSurroundings() {
            int[] nodes = subject.explanation().nodes();
            IntStream.range(0, nodes.length)
                    .map(i -> nodes[i])
                    .boxed()
                    .sorted(Comparator.comparingDouble(id -> -Math.abs(nodeImportance.getOrDefault(id, 0.0))))
                    .limit(SURROUNDINGS)
                    .forEach(chosen::add);
            if (!targets.isEmpty()) {
                connect();
            }
        }

        /** Whether a node already hangs together with a target. */
        private boolean reached(Map<Integer, Integer> group, int node) {
            return targets.stream().anyMatch(target -> find(group, node) == find(group, target));
        }

        /** Adds shortest paths from the target to what is chosen, through important edges where there is a choice. */
        private void connect() {
            Map<Integer, List<Pair>> incident = new HashMap<>();
            for (Pair pair : pairs) {
                incident.computeIfAbsent(pair.source, id -> new ArrayList<>()).add(pair);
                incident.computeIfAbsent(pair.target, id -> new ArrayList<>()).add(pair);
            }
            Map<Integer, Pair> way = new HashMap<>(); // node -> the edge that leads to it
            List<Integer> front = targets;
            Set<Integer> seen = new LinkedHashSet<>(front);
            Map<Integer, Integer> depth = new HashMap<>();
            targets.forEach(target -> depth.put(target, 0));
            while (!front.isEmpty()) {
                List<Integer> next = new ArrayList<>();
                for (int id : front) {
                    for (Pair pair : incident.getOrDefault(id, List.of())) {
                        int other = pair.source == id ? pair.target : pair.source;
                        if (seen.add(other)) {
                            depth.put(other, depth.get(id) + 1);
                            next.add(other);
                            way.put(other, pair);
                        } else if (way.containsKey(other)
                                && depth.get(other) == depth.get(id) + 1
                                && pair.size() > way.get(other).size()) {
                            way.put(other, pair);
                        }
                    }
                }
                front = next;
            }
            // each group of connected edges is reached once, at its node nearest to the target
            Map<Integer, Integer> group = new HashMap<>();
            chosen.forEach(id -> group.put(id, id));
            pairs.subList(0, top).forEach(pair -> join(group, pair.source, pair.target));
            List<Integer> nearest = chosen.stream()
                    .filter(depth::containsKey)
                    .sorted(Comparator.comparingInt(depth::get))
                    .toList();
            for (int id : nearest) {
                int at = id;
                while (!reached(group, at)) {
                    Pair step = way.get(at);
                    int other = step.source == at ? step.target : step.source;
                    group.putIfAbsent(other, other);
                    chosen.add(other);
                    path.add(step);
                    join(group, at, other);
                    at = other;
                }
            }
        }

        private static int find(Map<Integer, Integer> group, int id) {
            int at = id;
            while (group.get(at) != at) {
                at = group.get(at);
            }
            return at;
        }

        private static void join(Map<Integer, Integer> group, int a, int b) {
            group.put(find(group, a), find(group, b));
        }

        private List<Link> links(Map<Integer, Integer> positions, boolean whole) {
            boolean arrows = pairs.stream()
                    .anyMatch(pair ->
                            !pair.bothWays && positions.containsKey(pair.source) && positions.containsKey(pair.target));
            int budget = whole ? Integer.MAX_VALUE : Math.max(24, 2 * positions.size());
            List<Link> links = new ArrayList<>();
            for (int i = 0; i < pairs.size(); i++) {
                Pair pair = pairs.get(i);
                Integer from = positions.get(pair.source);
                Integer to = positions.get(pair.target);
                if (from == null || to == null) {
                    continue;
                }
                boolean faint = i >= top;
                // a loop says something only if it is important
                boolean shown = !faint || !from.equals(to) && (path.contains(pair) || pair.truth || budget-- > 0);
                if (shown) {
                    double strength = largest() == 0 ? 0 : pair.size() / largest();
                    int heads = !arrows ? 0 : pair.bothWays ? 2 : 1;
                    links.add(0, new Link(from, to, pair.importance, strength, faint, pair.truth, heads, hint(pair)));
                }
            }
            return links;
        }

        private String hint(Pair pair) {
            String line = pair.bothWays ? " – " : " → ";
            String importance = subject.explanation().edgeMask().length == 0
                    ? ""
                    : ": importance " + Wording.importance(pair.importance, pair.deviation);
            return subject.nodeLabel(pair.source)
                    + line
                    + subject.nodeLabel(pair.target)
                    + importance
                    + (pair.truth ? ", in the ground truth" : "")
                    + listed(Importances.featuresOfEdge(subject, pair.edge, HINTED_FEATURES));
        }

        /** The most important features, as the end of a hint. */
        private static String listed(List<Importances.Entry> features) {
            return features.isEmpty()
                    ? ""
                    : features.stream()
                            .map(entry ->
                                    entry.name() + " (" + Wording.importance(entry.value(), entry.deviation()) + ")")
                            .collect(Collectors.joining(", ", "; features: ", ""));
        }

        private Node node(int id, int category, Category meaning, double largestNode) {
            boolean target = targets.contains(id);
            double importance = nodeImportance.getOrDefault(id, 0.0);
            String hint = "node " + subject.nodeName(id) + ", " + meaning.name()
                    + (nodeImportance.isEmpty() ? "" : ", importance " + Wording.importance(importance))
                    + (target ? ", the target" : "")
                    + (nodeImportance.containsKey(id)
                            ? listed(Importances.featuresOf(subject, nodePositions.get(id), HINTED_FEATURES))
                            : "");
            return new Node(
                    id,
                    subject.nodeLabel(id),
                    category,
                    importance,
                    largestNode == 0 ? 1 : Math.abs(importance) / largestNode,
                    target,
                    top > 0 && !strong.contains(id),
                    hint);
        }

        private boolean namesAreCategories() {
            return !names.isEmpty();
        }

        /** The names of nodes, if they are few, as those of atoms are, and there are no classes. */
        private static List<String> names(Graph graph) {
            if (graph.hasLabels() || graph.nodeCount() == 0 || graph.nodeName(0).isEmpty()) {
                return List.of();
            }
            Set<String> names = new TreeSet<>();
            for (int v = 0; v < graph.nodeCount() && names.size() <= MOST_NAMES; v++) {
                names.add(graph.nodeName(v).orElse(""));
            }
            return names.size() <= MOST_NAMES ? List.copyOf(names) : List.of();
        }

        /** The key of a node's category: its class, -1 for none, or the rank of its name. */
        private int categoryOf(int id) {
            if (namesAreCategories()) {
                return names.indexOf(graph.nodeName(id).orElse(""));
            }
            int label = graph.hasLabels() ? graph.label(id) : -1;
            boolean unlabelledTarget = label < 0 && subject.isNodeTask() && targets.contains(id);
            return unlabelledTarget ? subject.explanation().target().predictedClass() : label;
        }

        /** The categories that occur, by their keys; unlabelled nodes last. */
        private Map<Integer, Category> categories() {
            Comparator<Integer> unlabelledLast = Comparator.comparingInt(key -> key < 0 ? Integer.MAX_VALUE : key);
            Map<Integer, Category> categories = new TreeMap<>(unlabelledLast);
            for (int id : chosen) {
                int key = categoryOf(id);
                if (key < 0) {
                    categories.put(key, new Category("no class", Colour.NO_CLASS));
                } else if (namesAreCategories()) {
                    categories.put(key, new Category(names.get(key), Colour.ofClass(key)));
                } else {
                    categories.put(key, new Category(Wording.nodeClass(subject, key), Colour.ofClass(key)));
                }
            }
            return categories;
        }
    }
}
