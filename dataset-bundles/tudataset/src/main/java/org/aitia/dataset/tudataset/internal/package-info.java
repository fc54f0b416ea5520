/** The sets of graphs of TU Dortmund and the reading of their files. */
package org.aitia.dataset.tudataset.internal;
