package org.aitia.api.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.aitia.api.render.Chart;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Comparisons and sweeps as files. Safe for several threads.
 *
 * <p>Formats: {@code txt} (aligned columns), {@code md} (Markdown), {@code csv} (one number with its uncertainty per
 * line, at full precision; the column {@code level} tells estimates, differences to baselines, and values per seed and
 * target apart), {@code json} (everything; NaN is {@code null}), and, where something draws charts, the formats of
 * charts, in which the first of the charts is written.
 */
@ProviderType
public interface ComparisonWriter {
    /**
     * Returns the formats.
     *
     * @return {@code txt, md, csv, json}, and those of charts where something draws them
     */
    List<String> formats();

    /**
     * Returns a comparison as charts.
     *
     * @param comparison what to show
     * @return bars with their intervals: an overview of the scores that are at most 1, then one chart per column
     */
    default List<Chart> charts(Comparison comparison) {
        return List.of();
    }

    /**
     * Returns a sweep as charts.
     *
     * @param sweep what to show
     * @return every goal against the first one, each row a point, the best rows marked; none with fewer than two goals
     */
    default List<Chart> charts(Sweep sweep) {
        return List.of();
    }

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

    /**
     * Reads a comparison that was written as JSON.
     *
     * @param json what {@link #write(Comparison, String, OutputStream)} wrote
     * @return an equal comparison
     * @throws org.aitia.api.DataFormatException if it is none
     */
    Comparison read(String json);
}
