package org.aitia.api.dataset;

import java.util.List;
import java.util.Map;
import org.aitia.api.TaskMonitor;
import org.aitia.api.option.OptionSpec;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All data sets of all providers that are there at the moment. Safe for several threads.
 *
 * <p>Loaded data stays in memory as long as memory allows and its provider stays.
 */
@ProviderType
public interface Datasets {
    /**
     * Returns what there is.
     *
     * @return by name
     */
    List<DatasetEntry> list();

    /**
     * Returns one entry.
     *
     * @param name a data set
     * @return what is known of it
     * @throws org.aitia.api.NotFoundException if no provider offers it
     */
    DatasetEntry find(String name);

    /**
     * Loads a data set.
     *
     * @param name a data set
     * @param options as its provider declares; empty for the defaults
     * @param monitor told of progress
     * @return the data
     * @throws org.aitia.api.NotFoundException if no provider offers it
     * @throws org.aitia.api.AitiaException what the provider throws
     */
    Dataset load(String name, Map<String, String> options, TaskMonitor monitor);

    /**
     * A data set and who offers it.
     *
     * @param info what is known of it
     * @param options what loading takes
     * @param bundle symbolic name and version of the bundle that offers it
     */
    record DatasetEntry(DatasetInfo info, List<OptionSpec> options, String bundle) {}
}
