/**
 * Benchmarks: suites of data sets, models, explainers and metrics, run as one and told in one report.
 */
@Export
@Version("1.0.0")
package org.aitia.api.bench;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
