package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.aitia.api.engine.GraphKernels;
import org.aitia.api.engine.Rectifier;

/** The non-linear functions between layers. */
public enum ActivationFunction {
    RELU {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, Rectifier rule) {
            return kernels.relu(x, rule);
        }
    },
    ELU {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, Rectifier rule) {
            return Activation.elu(x, 1);
        }
    },
    LEAKY_RELU {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, Rectifier rule) {
            return Activation.leakyRelu(x, 0.01f);
        }
    },
    GELU {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, Rectifier rule) {
            return Activation.gelu(x);
        }
    },
    TANH {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, Rectifier rule) {
            return x.tanh();
        }
    },
    SIGMOID {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, Rectifier rule) {
            return Activation.sigmoid(x);
        }
    },
    IDENTITY {
        @Override
        public NDArray apply(GraphKernels kernels, NDArray x, Rectifier rule) {
            return x;
        }
    };

    /**
     * Applies the function.
     *
     * @param kernels what computes
     * @param x any shape
     * @param rule how derivatives pass a ReLU; other functions have their own derivatives under every rule, as in Captum
     * @return the shape of {@code x}
     */
    public abstract NDArray apply(GraphKernels kernels, NDArray x, Rectifier rule);
}
