/** The generators of the synthetic data sets. */
package org.aitia.dataset.synthetic.internal;
