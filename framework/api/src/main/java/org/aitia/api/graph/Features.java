package org.aitia.api.graph;

/**
 * A matrix of features of nodes, [N, F], or of edges, [E, D]; float32. Immutable and safe for several threads.
 *
 * <p>Dense and sparse matrices answer the same questions; code that can profit from sparsity looks at the type.
 */
public sealed interface Features permits DenseFeatures, SparseFeatures {
    /**
     * Returns the number of nodes.
     *
     * @return N
     */
    int rows();

    /**
     * Returns the number of features per node.
     *
     * @return F
     */
    int columns();

    /**
     * Returns the number of stored values.
     *
     * @return N times F for a dense matrix, the stored entries of a sparse one
     */
    long storedValues();

    /**
     * Returns one value.
     *
     * @param row node, in [0, N)
     * @param column feature, in [0, F)
     * @return the value; 0 where a sparse matrix stores none
     */
    float value(int row, int column);

    /**
     * Writes one row.
     *
     * @param row node, in [0, N)
     * @param target receives F values
     * @param offset where the first goes
     */
    void copyRow(int row, float[] target, int offset);

    /**
     * Selects rows.
     *
     * @param nodes rows to take, in this order; repeats allowed
     * @return a matrix of the same kind, [nodes.length, F]
     */
    Features select(int[] nodes);
}
