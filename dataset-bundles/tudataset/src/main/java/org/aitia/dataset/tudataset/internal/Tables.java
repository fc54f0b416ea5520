package org.aitia.dataset.tudataset.internal;

/**
 * What the files of a set say, nodes numbered over all graphs.
 *
 * @param name of the set
 * @param graphOf the graph of each node, [n]
 * @param graphLabels as in the file, [N]
 * @param sources of edges, [m]
 * @param targets of edges, [m]
 * @param nodeLabels [n, k]
 * @param nodeAttributes [n, k]
 * @param edgeLabels [m, k]
 * @param edgeAttributes [m, k]
 * @param edgeTruth whether each edge is part of the true explanation, [m]; empty if nobody knows
 */
record Tables(
        String name,
        int[] graphOf,
        int[] graphLabels,
        int[] sources,
        int[] targets,
        Labels nodeLabels,
        Attributes nodeAttributes,
        Labels edgeLabels,
        Attributes edgeAttributes,
        int[] edgeTruth) {

    /** More than this is refused: real sets have a tenth of it. */
    static final int MOST_NODES = 1 << 24;

    static final int MOST_EDGES = 1 << 25;
    static final int MOST_VALUES = 1 << 27;

    /**
     * Categories.
     *
     * @param columns k; 0 if there are none
     * @param values row by row
     */
    record Labels(int columns, int[] values) {
        static final Labels NONE = new Labels(0, new int[0]);
    }

    /**
     * Numbers.
     *
     * @param columns k; 0 if there are none
     * @param values row by row
     */
    record Attributes(int columns, float[] values) {
        static final Attributes NONE = new Attributes(0, new float[0]);
    }
}
