/** Explainers that know nothing, or only the graph, or only a model's attention. */
package org.aitia.explainer.baselines.internal;
