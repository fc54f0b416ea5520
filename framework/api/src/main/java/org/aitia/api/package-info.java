/**
 * What every part of Aitia shares: the exception family, progress and cancellation, and seeds.
 *
 * <p>Values are immutable and safe for use by several threads unless their documentation says otherwise. No method
 * takes or returns {@code null} unless it says so.
 */
@Export
@Version("1.0.0")
package org.aitia.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
