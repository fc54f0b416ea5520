package org.aitia.api.dataset;

import java.util.List;
import java.util.Map;
import org.aitia.api.TaskMonitor;
import org.aitia.api.option.OptionSpec;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Offers data sets; a service that dataset bundles register.
 *
 * <p>Implementations are safe for several threads and hold no data between calls: the registry caches. A bundle also
 * declares the capability {@code aitia.dataset} in its manifest.
 */
@ConsumerType
public interface DatasetProvider {
    /**
     * Returns what this provider offers. Fast: reads nothing.
     *
     * @return at least one
     */
    List<DatasetInfo> datasets();

    /**
     * Returns the options that loading takes.
     *
     * @param name one of {@link #datasets()}
     * @return none by default
     */
    default List<OptionSpec> options(String name) {
        return List.of();
    }

    /**
     * Loads, downloads or generates a data set. The same name and options give equal data with an equal digest.
     *
     * @param name one of {@link #datasets()}
     * @param options option to value, as typed; what is missing takes its default
     * @param monitor told of progress
     * @return the data
     * @throws org.aitia.api.NotFoundException if this provider does not offer the name
     * @throws org.aitia.api.InvalidRequestException if an option is unknown or its value wrong
     * @throws org.aitia.api.DataUnavailableException if data cannot be had
     * @throws org.aitia.api.DataFormatException if a file is damaged
     * @throws org.aitia.api.CancelledException if the monitor says so
     */
    Dataset load(String name, Map<String, String> options, TaskMonitor monitor);
}
