/** The molecules with marked atoms of GraphXAI and the reading of their files. */
package org.aitia.dataset.graphattribution.internal;
