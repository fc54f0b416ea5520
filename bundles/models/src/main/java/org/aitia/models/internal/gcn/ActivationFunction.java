package org.aitia.models.internal.gcn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** The non-linear functions between layers. */
enum ActivationFunction {
    RELU {
        @Override
        NDArray apply(NDArray x) {
            return Activation.relu(x);
        }
    },
    ELU {
        @Override
        NDArray apply(NDArray x) {
            return Activation.elu(x, 1);
        }
    },
    LEAKY_RELU {
        @Override
        NDArray apply(NDArray x) {
            return Activation.leakyRelu(x, 0.01f);
        }
    },
    GELU {
        @Override
        NDArray apply(NDArray x) {
            return Activation.gelu(x);
        }
    },
    TANH {
        @Override
        NDArray apply(NDArray x) {
            return x.tanh();
        }
    },
    SIGMOID {
        @Override
        NDArray apply(NDArray x) {
            return Activation.sigmoid(x);
        }
    },
    IDENTITY {
        @Override
        NDArray apply(NDArray x) {
            return x;
        }
    };

    abstract NDArray apply(NDArray x);
}
