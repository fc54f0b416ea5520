package org.aitia.api.engine;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Graph operators that DJL lacks, each one native call and differentiable in every floating-point argument.
 *
 * <p>Float32 and float64 are supported; arguments of one call share type and device. Segments are given by
 * {@code offsets} (int64 [S + 1], ascending): segment s is rows {@code offsets[s]..offsets[s+1]-1}. Empty segments
 * give zeros. Results belong to the current {@link TensorScope}. Stateless and safe for several threads.
 */
@ProviderType
public interface GraphKernels {
    /**
     * Weighted neighbourhood sum: {@code y_v = sum over in-edges e of v of w_e * x_source(e)}.
     *
     * <p>With an {@link Adjacency} that is a sparse matrix A and its values as weights this is {@code A x}.
     *
     * @param adjacency R targets, C sources, E edges
     * @param x [C, F]
     * @param weights [E]
     * @return [R, F]
     */
    NDArray aggregate(Adjacency adjacency, NDArray x, NDArray weights);

    /**
     * Neighbourhood sum with all weights 1.
     *
     * @param adjacency R targets, C sources
     * @param x [C, F]
     * @return [R, F]
     */
    NDArray aggregate(Adjacency adjacency, NDArray x);

    /**
     * Adds up the values at both ends of each edge: {@code s_e = a_source(e) + b_target(e)}.
     *
     * @param adjacency R targets, C sources, E edges
     * @param sourceRows a, [C, K]
     * @param targetRows b, [R, K] or with further rows
     * @return [E, K]
     */
    NDArray edgeSums(Adjacency adjacency, NDArray sourceRows, NDArray targetRows);

    /**
     * Neighbourhood sum weighted by attention, for H heads at once: {@code y_vh = sum over in-edges e of v of
     * softmax_v(scores_h)_e * factors_eh * x_source(e)h}.
     *
     * <p>The softmax is over the in-edges of each target, as {@link #segmentSoftmax} computes it; factors multiply its
     * result, which then no longer adds up to 1.
     *
     * @param adjacency R targets, C sources, E edges
     * @param x [C, H * F], the columns of head h being {@code h * F .. h * F + F - 1}
     * @param scores [E, H]
     * @param factors masks or dropout, [E] for all heads or [E, H]; empty for all ones
     * @return [R, H * F]
     */
    NDArray attend(Adjacency adjacency, NDArray x, NDArray scores, Optional<NDArray> factors);

    /**
     * Adds up the columns of each of H heads.
     *
     * @param x [N, H * F], the columns of head h being {@code h * F .. h * F + F - 1}
     * @param heads H, at least 1
     * @return [N, H]
     */
    NDArray headSums(NDArray x, long heads);

    /**
     * ReLU, {@code max(x, 0)}, whose derivative follows a rule.
     *
     * @param x any shape
     * @param rule how derivatives pass; {@code PLAIN} is the ordinary ReLU
     * @return the shape of {@code x}
     */
    NDArray relu(NDArray x, Rectifier rule);

    /**
     * Selects rows: {@code y_i = x_index(i)}.
     *
     * @param x [N, ...]
     * @param index int64 [M], in [0, N)
     * @return [M, ...]
     */
    NDArray gather(NDArray x, NDArray index);

    /**
     * Adds rows to where an index says: {@code y_v = sum over i with index(i) = v of values_i}.
     *
     * @param values [M, ...]
     * @param index int64 [M], in [0, rows), in any order
     * @param rows number of rows of the result
     * @return [rows, ...]
     */
    NDArray scatterSum(NDArray values, NDArray index, long rows);

    /**
     * Sum per segment.
     *
     * @param values [M] or [M, F]
     * @param offsets int64 [S + 1], the last entry M
     * @return [S] or [S, F]
     */
    NDArray segmentSum(NDArray values, NDArray offsets);

    /**
     * Mean per segment.
     *
     * @param values [M] or [M, F]
     * @param offsets int64 [S + 1], the last entry M
     * @return [S] or [S, F]; 0 for an empty segment
     */
    NDArray segmentMean(NDArray values, NDArray offsets);

    /**
     * Maximum per segment and column. The gradient goes to the maximum, in equal shares where several are equal.
     *
     * @param values [M] or [M, F]
     * @param offsets int64 [S + 1], the last entry M
     * @return [S] or [S, F]; 0 for an empty segment
     */
    NDArray segmentMax(NDArray values, NDArray offsets);

    /**
     * Softmax within each segment and column, computed relative to the maximum so that large values do not overflow.
     *
     * @param values [M] or [M, H]
     * @param offsets int64 [S + 1], the last entry M
     * @param index int64 [M]: the segment of each row (the {@code targets} of an {@link Adjacency})
     * @return the shape of {@code values}; each column of each segment sums to 1
     */
    NDArray segmentSoftmax(NDArray values, NDArray offsets, NDArray index);
}
