/**
 * Pictures and documents made of explanations, each format a service; charts of numbers.
 */
@Export
@Version("1.3.0")
package org.aitia.api.render;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
