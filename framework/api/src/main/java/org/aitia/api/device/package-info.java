/**
 * Devices and leases. Nobody creates tensors outside a {@link org.aitia.api.device.DeviceLease}.
 */
@Export
@Version("1.0.0")
package org.aitia.api.device;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
