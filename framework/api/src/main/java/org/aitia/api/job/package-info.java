/**
 * Long work: running, finished and cancelled jobs.
 */
@Export
@Version("1.0.0")
package org.aitia.api.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
