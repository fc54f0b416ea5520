/**
 * Data sets: graphs with features, labels, splits and, where known, the true explanation; and the providers that
 * bundles register to offer them.
 */
@Export
@Version("1.2.0")
package org.aitia.api.dataset;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
