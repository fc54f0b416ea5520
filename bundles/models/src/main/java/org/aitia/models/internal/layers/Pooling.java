package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import org.aitia.api.engine.GraphKernels;

/** How the nodes of a graph become one row. */
public enum Pooling {
    MEAN(1) {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, NDArray offsets) {
            return kernels.segmentMean(x, offsets);
        }
    },
    MAX(1) {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, NDArray offsets) {
            return kernels.segmentMax(x, offsets);
        }
    },
    SUM(1) {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, NDArray offsets) {
            return kernels.segmentSum(x, offsets);
        }
    },
    MAX_MEAN(2) {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, NDArray offsets) {
            return kernels.segmentMax(x, offsets).concat(kernels.segmentMean(x, offsets), 1);
        }
    },
    MAX_SUM(2) {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, NDArray offsets) {
            return kernels.segmentMax(x, offsets).concat(kernels.segmentSum(x, offsets), 1);
        }
    };

    private final int parts;

    Pooling(int parts) {
        this.parts = parts;
    }

    /** How many values come out for one that goes in. */
    public int parts() {
        return parts;
    }

    /** Pools x [N, H] into [B, parts * H]; graph b has rows {@code offsets[b]..offsets[b+1]-1}. */
    public abstract NDArray apply(GraphKernels kernels, NDArray x, NDArray offsets);
}
