/**
 * Explanations: the {@link org.aitia.api.explain.Explainer} service that plugins implement, the request that a user
 * makes and the immutable result with its provenance.
 */
@Export
@Version("2.0.0")
package org.aitia.api.explain;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
