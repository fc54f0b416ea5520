/**
 * How an explanation becomes a picture: {@link org.aitia.visualization.internal.Subgraph} chooses what to show,
 * {@link org.aitia.visualization.internal.Layout} where, {@link org.aitia.visualization.internal.Picture} how. The result
 * is a {@link org.aitia.visualization.internal.Scene} of a few kinds of shapes, which one writer turns into SVG and
 * another into PNG, so that both formats show the same.
 */
package org.aitia.visualization.internal;
