package org.aitia.testkit.data;

import java.time.LocalDateTime;
import java.util.zip.ZipEntry;

/** Entries of archives that tests make: without the time of day, so that the same content gives the same bytes. */
public final class ZipEntries {
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ZipEntries() {}

    /**
     * Makes an entry.
     *
     * @param name within the archive
     * @return an entry of a fixed time
     */
    public static ZipEntry named(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LONG_AGO);
        return entry;
    }
}
