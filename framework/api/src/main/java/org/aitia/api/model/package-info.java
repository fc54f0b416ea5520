/**
 * Graph neural networks: architectures as services, trained models as values, and the session in which a model
 * computes on a leased device.
 */
@Export
@Version("1.2.0")
package org.aitia.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
