/** Integrated Gradients and the other gradient methods. */
package org.aitia.explainer.ig.internal;
