/**
 * Tensor computation for graphs: memory scopes, differentiation and the graph kernels that DJL lacks.
 *
 * <p>Arrays are {@link ai.djl.ndarray.NDArray}s and belong to the {@link ai.djl.ndarray.NDManager} of a
 * {@link org.aitia.api.device.DeviceLease}. A typical loop opens one {@link org.aitia.api.engine.TensorScope} per step,
 * so that every intermediate array of the step is freed at its end:
 *
 * <pre>{@code
 * NDArray mask = engine.variable(manager.create(initial));
 * AdamOptimizer adam = engine.adam(AdamOptions.withLearningRate(0.01), List.of(mask));
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *     try (TensorScope step = engine.openStep()) {
 *         NDArray loss = loss(Activation.sigmoid(mask));
 *         adam.step(engine.gradients(loss, List.of(mask)));
 *     }
 * }
 * }</pre>
 */
@Export
@Version("1.2.0")
package org.aitia.api.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
