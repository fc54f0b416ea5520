/** The original benchmarks of explainers and the reading of their files. */
package org.aitia.dataset.benchmarks.internal;
