package org.aitia.models.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/** The first rows of arrays: batches are ordered so that what a layer needs comes first. */
public final class LeadingRows {
    private LeadingRows() {}

    /**
     * Takes the first rows.
     *
     * @param x [N, ...]
     * @param rows at most N
     * @return [rows, ...], sharing the memory of {@code x}; {@code x} itself for all rows
     */
    public static NDArray of(NDArray x, long rows) {
        return x.getShape().get(0) == rows ? x : x.get(new NDIndex().addSliceDim(0, rows));
    }
}
