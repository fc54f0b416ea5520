package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** The non-linear functions between layers. */
public enum ActivationFunction {
    RELU {
        @Override
        public NDArray apply(NDArray x) {
            return Activation.relu(x);
        }
    },
    ELU {
        @Override
        public NDArray apply(NDArray x) {
            return Activation.elu(x, 1);
        }
    },
    LEAKY_RELU {
        @Override
        public NDArray apply(NDArray x) {
            return Activation.leakyRelu(x, 0.01f);
        }
    },
    GELU {
        @Override
        public NDArray apply(NDArray x) {
            return Activation.gelu(x);
        }
    },
    TANH {
        @Override
        public NDArray apply(NDArray x) {
            return x.tanh();
        }
    },
    SIGMOID {
        @Override
        public NDArray apply(NDArray x) {
            return Activation.sigmoid(x);
        }
    },
    IDENTITY {
        @Override
        public NDArray apply(NDArray x) {
            return x;
        }
    };

    public abstract NDArray apply(NDArray x);
}
