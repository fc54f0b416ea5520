package org.aitia.api.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Comparisons and sweeps as text. Safe for several threads.
 *
 * <p>Formats: {@code txt} (aligned columns), {@code md} (Markdown), {@code csv} (one line per row and column, then all
 * numbers at full precision), {@code json} (everything, with the values per seed and target; NaN is {@code null}).
 */
@ProviderType
public interface ComparisonWriter {
    /**
     * Returns the formats.
     *
     * @return {@code txt, md, csv, json}
     */
    List<String> formats();

    /**
     * Writes a comparison.
     *
     * @param comparison what to write
     * @param format one of {@link #formats}
     * @param out receives UTF-8 text; not closed
     * @throws IOException if writing fails
     * @throws org.aitia.api.NotFoundException if there is no such format
     */
    void write(Comparison comparison, String format, OutputStream out) throws IOException;

    /**
     * Writes a sweep.
     *
     * @param sweep what to write
     * @param format one of {@link #formats}
     * @param out receives UTF-8 text; not closed
     * @throws IOException if writing fails
     * @throws org.aitia.api.NotFoundException if there is no such format
     */
    void write(Sweep sweep, String format, OutputStream out) throws IOException;

    /**
     * Writes a comparison to a file, whole or not at all.
     *
     * @param comparison what to write
     * @param file replaced if it exists; its extension tells the format
     * @throws org.aitia.api.NotFoundException if no format has this extension
     * @throws org.aitia.api.StorageException if it cannot be written
     */
    void write(Comparison comparison, Path file);

    /**
     * Writes a sweep to a file, whole or not at all.
     *
     * @param sweep what to write
     * @param file replaced if it exists; its extension tells the format
     * @throws org.aitia.api.NotFoundException if no format has this extension
     * @throws org.aitia.api.StorageException if it cannot be written
     */
    void write(Sweep sweep, Path file);
}
