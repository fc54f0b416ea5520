/** PGExplainer. */
package org.aitia.explainer.pgexplainer.internal;
