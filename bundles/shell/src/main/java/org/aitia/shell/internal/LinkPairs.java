package org.aitia.shell.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.dataset.Dataset;

/**
 * Links as pairs of nodes in the notation of the command line: {@code 10-33,4-7}.
 *
 * @param pairs in the order written, each once
 */
record LinkPairs(List<Pair> pairs) {
    private static final Pattern PAIRS = Pattern.compile("\\s*\\d+-\\d+\\s*(,\\s*\\d+-\\d+\\s*)*");

    /** Two nodes. */
    record Pair(int source, int target) {
        Pair reversed() {
            return new Pair(target, source);
        }
    }

    /** Tells whether a text is written as pairs rather than as numbers of candidates. */
    static boolean areMeant(String text) {
        return PAIRS.matcher(text).matches();
    }

    static LinkPairs parse(String text) {
        LinkedHashSet<Pair> pairs = new LinkedHashSet<>();
        for (String part : text.split(",")) {
            String[] ends = part.strip().split("-");
            try {
                pairs.add(new Pair(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
            } catch (NumberFormatException e) {
                throw new InvalidRequestException(
                        "link " + part.strip() + " is out of range; numbers of nodes end at " + Integer.MAX_VALUE, e);
            }
        }
        return new LinkPairs(List.copyOf(pairs));
    }

    /** Refuses nodes that are not there. */
    void check(Dataset dataset) {
        int nodes = dataset.graph().nodeCount();
        for (Pair pair : pairs) {
            int greatest = Math.max(pair.source(), pair.target());
            if (greatest >= nodes) {
                throw new InvalidRequestException("link " + pair.source() + "-" + pair.target() + " names node "
                        + greatest + "; " + dataset.info().name() + " has nodes 0.." + (nodes - 1));
            }
        }
    }

    /** Finds the pairs among the candidates, the first of each; in the graph's undirected sense where it is undirected. */
    Optional<List<Integer>> indices(Dataset dataset) {
        Map<Pair, Integer> first = new LinkedHashMap<>();
        pairs.forEach(pair -> first.put(pair, -1));
        boolean undirected = dataset.graph().isUndirected();
        for (int i = 0; i < dataset.instanceCount(); i++) {
            Pair candidate = new Pair(dataset.linkSource(i), dataset.linkTarget(i));
            first.replace(candidate, -1, i);
            if (undirected) {
                first.replace(candidate.reversed(), -1, i);
            }
        }
        return first.containsValue(-1) ? Optional.empty() : Optional.of(new ArrayList<>(first.values()));
    }

    @Override
    public String toString() {
        return pairs.stream().map(p -> p.source() + "-" + p.target()).collect(Collectors.joining(","));
    }
}
