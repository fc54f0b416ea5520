package org.aitia.dataset.karate.internal;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;

/** The graph of Zachary 1977. Members are numbered from 0 here, from 1 in the paper. */
final class KarateClub {
    static final int MEMBERS = 34;

    /** Friends of each member with a higher number than its own. */
    private static final int[][] FRIENDS = {
        {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31},
        {2, 3, 7, 13, 17, 19, 21, 30},
        {3, 7, 8, 9, 13, 27, 28, 32},
        {7, 12, 13},
        {6, 10},
        {6, 10, 16},
        {16},
        {},
        {30, 32, 33},
        {33},
        {},
        {},
        {},
        {33},
        {32, 33},
        {32, 33},
        {},
        {},
        {32, 33},
        {33},
        {32, 33},
        {},
        {32, 33},
        {25, 27, 29, 32, 33},
        {25, 27, 31},
        {31},
        {29, 33},
        {33},
        {31, 33},
        {32, 33},
        {32, 33},
        {32, 33},
        {33},
        {}
    };

    /** Modularity clusters as PyTorch Geometric's {@code KarateClub} numbers them. */
    private static final int[] COMMUNITIES = {
        1, 1, 1, 1, 3, 3, 3, 1, 0, 1, 3, 1, 1, 1, 0, 0, 3, 1, 0, 1, 0, 1, 0, 0, 2, 2, 0, 0, 2, 0, 0, 2, 0, 0
    };

    /** Who stayed with the instructor, Mr. Hi, member 0; the others followed the officer, member 33. */
    private static final int[] WITH_MR_HI = {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21};

    private KarateClub() {}

    static int[] communities() {
        return COMMUNITIES.clone();
    }

    static int[] factions() {
        int[] factions = new int[MEMBERS];
        Arrays.fill(factions, 1);
        for (int member : WITH_MR_HI) {
            factions[member] = 0;
        }
        return factions;
    }

    static Graph graph(int[] labels) {
        var builder = Graph.builder(MEMBERS).labels(labels).features(identity());
        for (int member = 0; member < MEMBERS; member++) {
            for (int friend : FRIENDS[member]) {
                builder.undirectedEdge(member, friend);
            }
        }
        return builder.build();
    }

    /** Nothing is known of members but who they are. */
    private static SparseFeatures identity() {
        float[] ones = new float[MEMBERS];
        Arrays.fill(ones, 1);
        return new SparseFeatures(
                MEMBERS,
                IntStream.rangeClosed(0, MEMBERS).toArray(),
                IntStream.range(0, MEMBERS).toArray(),
                ones);
    }
}
