/**
 * Measures of explanations, each a service.
 */
@Export
@Version("2.0.0")
package org.aitia.api.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
