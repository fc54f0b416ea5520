package org.aitia.api.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * <p>Any data set of one graph whose task is to classify nodes can also be loaded as one of candidate links, with
     * the option {@code task=link} and others, which {@link DatasetEntry#options} names.
     *
     * @param name a data set
     * @param options as its entry declares; empty for the defaults
     * @param monitor told of progress
     * @return the data
     * @throws org.aitia.api.NotFoundException if no provider offers it
     * @throws org.aitia.api.AitiaException what the provider throws
     */
    Dataset load(String name, Map<String, String> options, TaskMonitor monitor);

    /**
     * Compares the stored files of a data set with the checksums that were published or found at first use.
     *
     * @param name a data set
     * @param monitor told of progress
     * @return every file by name; empty for data sets that are generated or of which nothing was fetched yet
     * @throws org.aitia.api.NotFoundException if no provider offers it
     * @throws org.aitia.api.CancelledException if the monitor says so
     */
    default List<FileCheck> verify(String name, TaskMonitor monitor) {
        find(name);
        return List.of();
    }

    /**
     * Forgets the loaded data of a data set, its files and the checksums found at first use, so that the next load
     * fetches them anew. The former files are kept until the new ones are whole. Mirrors are not changed.
     *
     * @param name a data set
     * @param monitor told of progress
     * @throws org.aitia.api.NotFoundException if no provider offers it
     * @throws org.aitia.api.StorageException if the folder of the cache cannot be changed
     * @throws org.aitia.api.CancelledException if the monitor says so
     */
    default void refresh(String name, TaskMonitor monitor) {
        find(name);
    }

    /**
     * A data set and who offers it.
     *
     * @param info what is known of it
     * @param options what loading takes
     * @param bundle symbolic name and version of the bundle that offers it
     */
    record DatasetEntry(DatasetInfo info, List<OptionSpec> options, String bundle) {}

    /**
     * What became of one stored file.
     *
     * @param name its path below the root of a mirror, or below the data set's folder if it was never fetched
     * @param size in bytes; 0 if it is missing
     * @param status how it compares
     * @param expected lower-case hexadecimal SHA-256 that was published or found at first use; empty if none is known
     * @param found lower-case hexadecimal SHA-256 of what is there; empty if it is missing
     */
    record FileCheck(String name, long size, Status status, Optional<String> expected, Optional<String> found) {
        /** How a file compares with what is known of it. */
        public enum Status {
            /** It is what it was. */
            OK,
            /** It is another than published or found at first use. */
            CHANGED,
            /** It was fetched once and is nowhere now. */
            MISSING,
            /** It lies there, but nothing is known to compare it with. */
            UNPINNED
        }
    }
}
