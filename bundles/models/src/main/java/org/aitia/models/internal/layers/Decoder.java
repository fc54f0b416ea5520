package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;

/** How the embeddings of the two ends of a link are joined. */
public enum Decoder {
    /** Their inner product is the logit of "link"; that of "no link" is 0. */
    DOT(1) {
        @Override
        NDArray join(NDArray sources, NDArray targets) {
            NDArray product = sources.mul(targets).sum(new int[] {1}, true); // [P, 1]
            return product.zerosLike().concat(product, 1);
        }
    },
    /** Their products, to be classified by a linear layer. */
    HADAMARD(1) {
        @Override
        NDArray join(NDArray sources, NDArray targets) {
            return sources.mul(targets);
        }
    },
    /** Both, to be classified by a linear layer. */
    CONCAT(2) {
        @Override
        NDArray join(NDArray sources, NDArray targets) {
            return sources.concat(targets, 1);
        }
    };

    private final int parts;

    Decoder(int parts) {
        this.parts = parts;
    }

    /** How many values come out for one that goes in. */
    int parts() {
        return parts;
    }

    /** Whether a linear layer follows. */
    boolean isClassified() {
        return this != DOT;
    }

    /** Joins embeddings [P, H] of both ends. */
    abstract NDArray join(NDArray sources, NDArray targets);
}
