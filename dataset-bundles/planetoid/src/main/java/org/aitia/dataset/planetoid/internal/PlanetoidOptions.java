package org.aitia.dataset.planetoid.internal;

import org.aitia.api.option.Option;

/**
 * Options of loading.
 *
 * @param normalize whether features are scaled
 */
record PlanetoidOptions(
        @Option(
                description = "scale the features of each node to sum 1",
                defaultValue = "true",
                source = "Kipf and Welling 2017")
        boolean normalize) {}
