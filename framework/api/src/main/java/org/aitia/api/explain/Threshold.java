package org.aitia.api.explain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;

/**
 * Which elements belong to an explanation: cuts masks, so that what is left out is exactly 0. Immutable.
 *
 * <p>As in PyTorch Geometric the masks of edges, of features of nodes and of features of edges are cut one by one, each
 * with the same value, and an element of a feature mask is one of its numbers whatever its shape. Elements are ranked by
 * absolute value, so that in signed explanations what speaks strongly against a class counts too; of equal ones the
 * first is taken. An element of importance 0 is never taken, also where fewer than K others are left (PyTorch Geometric
 * then takes arbitrary ones). Soft kinds leave the values of what they keep with their signs; hard ones write 1, without
 * sign.
 *
 * @param kind how elements are chosen
 * @param value V, K or P; 0 for {@link Kind#NONE}
 * @param undirected whether the two directions of an edge are one element: it has the importance of the direction whose
 *     absolute value is larger, both receive it, and it counts once; where the computation graph has one direction
 *     only, that is the element
 */
public record Threshold(Kind kind, double value, boolean undirected) {
    /** What may be written. */
    public static final String SYNTAX =
            "none, hard:V with V >= 0, top-k:K or top-k-hard:K or connected-top-k:K with K >="
                    + " 1, fraction:P with 0 < P <= 1; then, if wanted, :directed (default) or :undirected";

    /** Leaves explanations as they are. */
    public static final Threshold NONE = new Threshold(Kind.NONE, 0, false);

    /** How elements are chosen. */
    public enum Kind {
        /** All stay as they are. */
        NONE("none", false),
        /** 1 where the absolute importance is above V, else 0. */
        HARD("hard", true),
        /** The K largest keep their values. */
        TOP_K("top-k", false),
        /** The K largest become 1. */
        TOP_K_HARD("top-k-hard", true),
        /** The share P of the elements that are largest keep their values; rounded, at least one. */
        FRACTION("fraction", false),
        /**
         * Edges grow from the target, each time by the most important one that touches what is there, in whatever
         * direction, until there are K or no more; graph tasks start from the best edge. Values stay. Feature masks,
         * in which nothing is connected, are cut as by {@link #TOP_K}.
         */
        CONNECTED_TOP_K("connected-top-k", false);

        private final String text;
        private final boolean hard;

        Kind(String text, boolean hard) {
            this.text = text;
            this.hard = hard;
        }

        /**
         * Returns the word to write.
         *
         * @return for example {@code top-k}
         */
        public String text() {
            return text;
        }

        /**
         * Tells whether kept elements become 1.
         *
         * @return false if they keep their values
         */
        public boolean isHard() {
            return hard;
        }
    }

    /** Checks the value. */
    public Threshold {
        boolean valid =
                switch (kind) {
                    case NONE -> value == 0 && !undirected;
                    case HARD -> value >= 0 && value < Double.POSITIVE_INFINITY;
                    case TOP_K, TOP_K_HARD, CONNECTED_TOP_K ->
                        value >= 1 && value <= Integer.MAX_VALUE && value == Math.rint(value);
                    case FRACTION -> value > 0 && value <= 1;
                };
        if (!valid) {
            throw refused(kind == Kind.NONE && value == 0 ? "none:undirected" : kind.text + ":" + number(value));
        }
    }

    /**
     * Reads a threshold. {@code topk}, {@code top_k} and {@code topk_hard} are understood too.
     *
     * @param text for example {@code top-k:12:undirected}
     * @return the threshold
     * @throws InvalidRequestException if it is something else; the message says what is allowed
     */
    public static Threshold parse(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
        String word = parts[0].replace('_', '-').replace("topk", "top-k");
        Kind kind = Arrays.stream(Kind.values())
                .filter(k -> k.text.equals(word))
                .findFirst()
                .orElseThrow(() -> refused(text));
        if (kind == Kind.NONE && parts.length == 1) {
            return NONE;
        }
        boolean undirected = parts.length == 3 && parts[2].equals("undirected");
        if (kind == Kind.NONE
                || parts.length < 2
                || parts.length == 3 && !undirected && !parts[2].equals("directed")
                || parts.length > 3) {
            throw refused(text);
        }
        try {
            return new Threshold(kind, Double.parseDouble(parts[1]), undirected);
        } catch (NumberFormatException e) {
            throw refused(text);
        }
    }

    private static InvalidRequestException refused(String text) {
        return new InvalidRequestException("there is no threshold '" + text + "'; allowed: " + SYNTAX);
    }

    /**
     * Returns this as it is written.
     *
     * @return what {@link #parse} reads
     */
    public String text() {
        return kind == Kind.NONE ? kind.text : kind.text + ":" + number(value) + (undirected ? ":undirected" : "");
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    /**
     * Cuts the explanations of a result.
     *
     * @param result explanations
     * @return a copy that records this threshold
     */
    public ExplanationResult apply(ExplanationResult result) {
        Task task = result.provenance().task();
        return new ExplanationResult(
                result.explanations().stream().map(x -> apply(x, task)).toList(),
                result.provenance(),
                result.seconds(),
                result.cost(),
                this);
    }

    /**
     * Cuts an explanation. Deviations of repeated runs stay where values stay.
     *
     * @param explanation masks
     * @param task what is explained: tells {@link Kind#CONNECTED_TOP_K} where to start
     * @return a copy
     */
    public Explanation apply(Explanation explanation, Task task) {
        if (kind == Kind.NONE) {
            return explanation;
        }
        MaskValues masks = explanation.masks();
        int[] shared = shared(explanation);
        float[] edges = undirected ? pick(masks.edges(), shared) : masks.edges();
        BitSet keptEdges = kind == Kind.CONNECTED_TOP_K
                ? grown(explanation, edges, shared, task)
                : expanded(chosen(edges, shared), shared);
        BitSet keptFeatures = chosen(masks.features(), identity(masks.features().length));
        BitSet keptEdgeFeatures = chosen(masks.edgeFeatures(), identity(masks.edgeFeatures().length));
        Optional<MaskValues.Deviation> deviation = kind.hard
                ? Optional.empty() // what is 1 in every run by definition does not deviate
                : masks.deviation()
                        .map(d -> new MaskValues.Deviation(
                                soft(undirected ? pick(d.edges(), shared) : d.edges(), keptEdges),
                                soft(d.features(), keptFeatures),
                                soft(d.edgeFeatures(), keptEdgeFeatures)));
        return explanation.withMasks(new MaskValues(
                cut(edges, keptEdges),
                masks.featureType(),
                cut(masks.features(), keptFeatures),
                cut(masks.edgeFeatures(), keptEdgeFeatures),
                deviation,
                masks.diagnostics()));
    }

    /** For each edge the edge that stands for its element: itself, or the more important of the two directions. */
    private int[] shared(Explanation explanation) {
        float[] mask = explanation.edgeMask();
        int[] shared = identity(mask.length);
        if (!undirected) {
            return shared;
        }
        Map<Long, Integer> first = new HashMap<>();
        for (int e = 0; e < mask.length; e++) {
            int a = explanation.edgeSources()[e];
            int b = explanation.edgeTargets()[e];
            Integer other = first.putIfAbsent((long) Math.min(a, b) << Integer.SIZE | Math.max(a, b), e);
            if (other != null) {
                int stronger = Math.abs(mask[e]) > Math.abs(mask[other]) ? e : other;
                shared[e] = stronger;
                shared[other] = stronger;
            }
        }
        return shared;
    }

    private static int[] identity(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static float[] pick(float[] values, int[] from) {
        float[] picked = new float[values.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = values[from[i]];
        }
        return picked;
    }

    /** The elements of a mask that are kept, each by the position that stands for it. */
    private BitSet chosen(float[] mask, int[] shared) {
        int[] elements = IntStream.range(0, mask.length)
                .filter(i -> shared[i] == i && (mask[i] < 0 || mask[i] > 0))
                .toArray();
        BitSet kept = new BitSet(mask.length);
        if (kind == Kind.HARD) {
            // as PyTorch does: the threshold in the precision of the mask
            Arrays.stream(elements)
                    .filter(i -> Math.abs(mask[i]) > (float) value)
                    .forEach(kept::set);
            return kept;
        }
        long all = IntStream.range(0, mask.length).filter(i -> shared[i] == i).count();
        long count = kind == Kind.FRACTION ? Math.max(1, Math.round(value * all)) : (long) value;
        if (count >= elements.length) {
            Arrays.stream(elements).forEach(kept::set);
            return kept;
        }
        // a mask per node and feature may have millions of elements: find the smallest value kept, then take in order
        float[] sizes = new float[elements.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(mask[elements[i]]);
        }
        Arrays.sort(sizes);
        float smallest = sizes[sizes.length - (int) count];
        for (int i : elements) {
            if (Math.abs(mask[i]) > smallest) {
                kept.set(i);
            }
        }
        int missing = (int) count - kept.cardinality();
        for (int i = 0; i < elements.length && missing > 0; i++) {
            if (Math.abs(mask[elements[i]]) == smallest) {
                kept.set(elements[i]);
                missing--;
            }
        }
        return kept;
    }

    private static BitSet expanded(BitSet representatives, int[] shared) {
        BitSet kept = new BitSet(shared.length);
        for (int i = 0; i < shared.length; i++) {
            kept.set(i, representatives.get(shared[i]));
        }
        return kept;
    }

    private BitSet grown(Explanation explanation, float[] mask, int[] shared, Task task) {
        Map<Integer, List<Integer>> touching = new HashMap<>();
        int best = -1;
        for (int e = 0; e < mask.length; e++) {
            if (shared[e] == e && (mask[e] < 0 || mask[e] > 0)) {
                touching.computeIfAbsent(explanation.edgeSources()[e], v -> new ArrayList<>())
                        .add(e);
                touching.computeIfAbsent(explanation.edgeTargets()[e], v -> new ArrayList<>())
                        .add(e);
                best = best < 0 || Math.abs(mask[e]) > Math.abs(mask[best]) ? e : best;
            }
        }
        PriorityQueue<Integer> candidates = new PriorityQueue<>(
                Comparator.comparingDouble((Integer e) -> -Math.abs(mask[e])).thenComparing(e -> e));
        BitSet reached = new BitSet();
        if (task == Task.GRAPH && best >= 0) {
            candidates.add(best);
        }
        for (int v : targets(explanation, task)) {
            reach(v, reached, touching, candidates);
        }
        BitSet kept = new BitSet(mask.length);
        while (!candidates.isEmpty() && kept.cardinality() < value) {
            int edge = candidates.remove(); // may come twice, from either end: nothing changes then
            kept.set(edge);
            reach(explanation.edgeSources()[edge], reached, touching, candidates);
            reach(explanation.edgeTargets()[edge], reached, touching, candidates);
        }
        return expanded(kept, shared);
    }

    private static void reach(
            int node, BitSet reached, Map<Integer, List<Integer>> touching, PriorityQueue<Integer> candidates) {
        if (!reached.get(node)) {
            reached.set(node);
            candidates.addAll(touching.getOrDefault(node, List.of()));
        }
    }

    /** The nodes that a prediction is about: one, the two ends of a link, none of a graph. */
    static int[] targets(Explanation explanation, Task task) {
        int count =
                switch (task) {
                    case NODE -> 1;
                    case LINK -> 2;
                    case GRAPH -> 0;
                };
        return Arrays.copyOf(explanation.nodes(), Math.min(count, explanation.nodes().length));
    }

    private float[] cut(float[] values, BitSet kept) {
        if (!kind.hard) {
            return soft(values, kept);
        }
        float[] cut = new float[values.length];
        kept.stream().forEach(i -> cut[i] = 1);
        return cut;
    }

    private static float[] soft(float[] values, BitSet kept) {
        float[] cut = new float[values.length];
        for (int i = kept.nextSetBit(0); i >= 0 && i < cut.length; i = kept.nextSetBit(i + 1)) {
            cut[i] = values[i];
        }
        return cut;
    }
}
