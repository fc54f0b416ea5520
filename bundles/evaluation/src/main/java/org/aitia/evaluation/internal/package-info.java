/**
 * The metrics: each a small service over arrays that {@link org.aitia.evaluation.internal.ExplainedEdges} prepares.
 */
package org.aitia.evaluation.internal;
