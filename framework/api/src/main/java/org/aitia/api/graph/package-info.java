/**
 * Immutable graphs, the computation graph (receptive field) of a target, and batches of them.
 *
 * <p><b>Edge order.</b> Edges are directed and numbered {@code 0..E-1} in the order of their target, and by source
 * within a target: edge {@code e} is entry {@code e} of the compressed list of in-edges. Every per-edge array in Aitia
 * (weights, masks, ground truth) uses this numbering. An undirected graph holds each edge in both directions.
 */
@Export
@Version("1.2.0")
package org.aitia.api.graph;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
