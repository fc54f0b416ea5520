package org.aitia.models.internal.layers;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.aitia.api.engine.Rectifier;

/**
 * What all layers of one forward pass share.
 *
 * @param pass inference or training
 * @param messageWeights what messages weigh under the edge mask, of all hops
 * @param edgeFeatures the features of the edges of messages under their mask; empty if there is none
 * @param rule how derivatives pass ReLUs
 */
record Run(Pass pass, List<NDArray> messageWeights, Optional<NDArray> edgeFeatures, Rectifier rule) {}
