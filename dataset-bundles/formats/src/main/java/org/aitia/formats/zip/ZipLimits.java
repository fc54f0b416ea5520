package org.aitia.formats.zip;

/**
 * What an archive may hold before it is refused.
 *
 * @param entries how many files
 * @param entryBytes uncompressed bytes of one file
 * @param totalBytes uncompressed bytes of all files together
 * @param ratio uncompressed bytes per compressed byte, for files of a mebibyte or more
 */
public record ZipLimits(int entries, long entryBytes, long totalBytes, int ratio) {
    /** 10,000 files, 1 GiB each, 2 GiB together, shrunk to no less than a 250th. */
    public static final ZipLimits DEFAULT = new ZipLimits(10_000, 1L << 30, 2L << 30, 250);

    /**
     * Changes the sizes.
     *
     * @param one uncompressed bytes of one file
     * @param total uncompressed bytes of all files together
     * @return other limits
     */
    public ZipLimits withBytes(long one, long total) {
        return new ZipLimits(entries, one, total, ratio);
    }

    /**
     * Changes the ratio.
     *
     * @param most uncompressed bytes per compressed byte; deflate reaches 1032
     * @return other limits
     */
    public ZipLimits withRatio(int most) {
        return new ZipLimits(entries, entryBytes, totalBytes, most);
    }
}
