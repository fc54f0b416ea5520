/**
 * What architectures that are a stack of convolutions have in common: an architecture adds its options, its parameters
 * ({@link org.aitia.models.internal.layers.Design}) and what one layer computes
 * ({@link org.aitia.models.internal.layers.Convolution}).
 */
package org.aitia.models.internal.layers;
