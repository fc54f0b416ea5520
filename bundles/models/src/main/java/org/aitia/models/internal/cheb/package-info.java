/** Polynomials of the graph: ChebNet of Defferrard et al. (2016) and the TAGCN of Du et al. (2017). */
package org.aitia.models.internal.cheb;
