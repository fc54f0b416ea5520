/**
 * Explainers side by side: the same metrics for several explainers or settings, with their uncertainty.
 */
@Export
@Version("1.0.0")
package org.aitia.api.compare;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
