package org.aitia.explanations.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.explain.Explanation;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.graph.ComputationGraph;
import org.aitia.api.model.FeatureMaskType;

/** The masks that a request wants targets to begin with, each of which belongs to its target's computation graph. */
final class InitialMasks {
    private final Map<Integer, MaskValues> masks = new TreeMap<>();

    /** Checks all of them, so that none is refused when half of the work is done. */
    InitialMasks(ExplanationJob job) {
        List<Explanation> initials = job.request().initial();
        Set<Integer> targets = initials.isEmpty() ? Set.of() : new TreeSet<>(job.targets());
        for (Explanation initial : initials) {
            int id = initial.target().id();
            if (targets.contains(id) && !masks.containsKey(id)) {
                check(job, initial, job.computationGraph(id));
                masks.put(id, initial.masks());
            }
        }
        if (masks.isEmpty() && !initials.isEmpty()) {
            throw new InvalidRequestException("the initial masks are of "
                    + job.instance(initials.get(0).target().id()) + (initials.size() > 1 ? " and others" : "")
                    + ", none of which the request explains; name their targets, or leave the initial masks out");
        }
    }

    /** Returns the masks of some targets; an empty list if none has any. */
    List<Optional<MaskValues>> of(List<Integer> ids) {
        return masks.isEmpty()
                ? List.of()
                : ids.stream().map(id -> Optional.ofNullable(masks.get(id))).toList();
    }

    /** Identity of the masks, if there are any. */
    Optional<String> digest() {
        if (masks.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = Learnt.sha256();
        masks.forEach((id, values) -> {
            digest.update(ByteBuffer.allocate(4).putInt(id).array());
            digest.update(values.featureType().name().getBytes(StandardCharsets.UTF_8));
            for (float[] array : List.of(values.edges(), values.features(), values.edgeFeatures())) {
                digest.update(ByteBuffer.allocate(4).putInt(array.length).array());
                digest.update(Learnt.littleEndian(array));
            }
        });
        return Optional.of("sha256:" + HexFormat.of().formatHex(digest.digest()));
    }

    private static void check(ExplanationJob job, Explanation initial, ComputationGraph graph) {
        MaskValues masks = initial.masks();
        checkEdges(job, initial, graph);
        checkSize(
                job, initial, "features", masks.features(), MaskCheck.featureMaskSize(job, masks.featureType(), graph));
        checkSize(
                job,
                initial,
                "features of edges",
                masks.edgeFeatures(),
                (long) graph.edgeCount() * job.model().shape().edgeFeatures());
        if (masks.featureType() == FeatureMaskType.STORED
                && masks.features().length > 0
                && !(Arrays.equals(initial.storedOffsets(), graph.storedOffsets())
                        && Arrays.equals(initial.storedColumns(), graph.storedColumns()))) {
            throw refused(job, initial, "it is about other stored features");
        }
        for (float[] values : List.of(masks.edges(), masks.features(), masks.edgeFeatures())) {
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    throw refused(job, initial, "it holds " + value);
                }
            }
        }
    }

    private static void checkEdges(ExplanationJob job, Explanation initial, ComputationGraph graph) {
        int[] nodes = initial.nodes();
        if (nodes.length != graph.nodeCount()) {
            throw refused(
                    job, initial, "its computation graph has " + nodes.length + " nodes, not " + graph.nodeCount());
        }
        for (int v = 0; v < nodes.length; v++) {
            if (nodes[v] != graph.node(v)) {
                throw refused(
                        job,
                        initial,
                        "node " + v + " of its computation graph is " + nodes[v] + ", not " + graph.node(v));
            }
        }
        if (initial.edgeCount() != graph.edgeCount()) {
            throw refused(
                    job,
                    initial,
                    "its computation graph has " + initial.edgeCount() + " edges, not " + graph.edgeCount());
        }
        for (int v = 0; v < graph.nodeCount(); v++) {
            for (int e = graph.inOffset(v); e < graph.inOffset(v + 1); e++) {
                int source = graph.node(graph.source(e));
                if (initial.edgeSources()[e] != source || initial.edgeTargets()[e] != graph.node(v)) {
                    throw refused(
                            job,
                            initial,
                            "edge " + e + " of its computation graph is " + initial.edgeSources()[e] + " -> "
                                    + initial.edgeTargets()[e] + ", not " + source + " -> " + graph.node(v));
                }
            }
        }
    }

    private static void checkSize(ExplanationJob job, Explanation initial, String what, float[] values, long expected) {
        if (values.length != 0 && values.length != expected) {
            throw refused(job, initial, "its mask on " + what + " has " + values.length + " values, not " + expected);
        }
    }

    private static InvalidRequestException refused(ExplanationJob job, Explanation initial, String why) {
        return new InvalidRequestException("the initial mask of "
                + job.instance(initial.target().id()) + " does not fit model '"
                + job.description().name() + "' and data set '"
                + job.dataset().info().name() + "': " + why
                + "; make it with them, or leave it out");
    }
}
