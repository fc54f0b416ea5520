package org.aitia.api.dataset;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Datasets.FileCheck;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files of data sets on this machine: fetched once from a mirror or the internet, verified, shared by all.
 *
 * <p>A mirror is a directory or base URL named in the configuration ({@code aitia.datasets.mirror}); it is tried
 * before the origin, and a mirror that is a directory is read in place. Offline ({@code aitia.datasets.offline}) nothing
 * is asked over the network. Safe for several threads and processes.
 */
@ProviderType
public interface DatasetCache {
    /**
     * Makes files available.
     *
     * @param dataset the data set that needs them; its name is the folder of the cache, its licence and citation are
     *     told to the monitor when something is downloaded
     * @param files what is needed
     * @param monitor told of progress
     * @return a local path per file, in order
     * @throws org.aitia.api.DataUnavailableException if a file is neither in the cache nor on a mirror nor reachable;
     *     the message says how to provide it
     * @throws org.aitia.api.DataFormatException if a file's checksum is wrong, wherever it came from; a file without a
     *     published checksum must stay what it was at first use, until {@link #refresh}
     * @throws org.aitia.api.StorageException if what was downloaded cannot be stored
     * @throws org.aitia.api.CancelledException if the monitor says so
     */
    List<Path> fetch(DatasetInfo dataset, List<RemoteFile> files, TaskMonitor monitor);

    /**
     * Compares what is stored for a data set with the checksums that were published or found at first use.
     *
     * @param dataset its name
     * @param monitor told of progress
     * @return every file that was fetched or lies in the data set's folder, by name; empty if there is none
     * @throws org.aitia.api.CancelledException if the monitor says so
     */
    default List<FileCheck> verify(String dataset, TaskMonitor monitor) {
        return List.of();
    }

    /**
     * Has the files of a data set fetched anew at the next {@link #fetch}, and forgets the checksums found at first use.
     * The former files are kept until the new ones are whole, and are used if those cannot be had. Mirrors are not
     * changed.
     *
     * @param dataset its name
     * @param monitor told of progress
     * @throws org.aitia.api.StorageException if the folder cannot be changed
     * @throws org.aitia.api.CancelledException if the monitor says so
     */
    default void refresh(String dataset, TaskMonitor monitor) {
        // an implementation that stores nothing has nothing to do
    }

    /**
     * A file that a data set needs.
     *
     * @param mirrorPath path below a mirror's root, for example {@code planetoid/ind.cora.x}
     * @param origin where it is published
     * @param sha256 lower-case hexadecimal checksum; empty if it is pinned at first use
     */
    record RemoteFile(String mirrorPath, URI origin, Optional<String> sha256) {}
}
