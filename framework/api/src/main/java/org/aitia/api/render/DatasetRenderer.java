package org.aitia.api.render;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.aitia.api.dataset.Dataset;
import org.osgi.annotation.versioning.ConsumerType;

/** Draws pictures of data sets; a service. Safe for several threads. */
@ConsumerType
public interface DatasetRenderer {
    /**
     * Returns what can be drawn of a data set.
     *
     * @param dataset the data
     * @return names that are fit for files, for example {@code degrees}, {@code degrees-log}, {@code classes},
     *     {@code graph}; without what the data does not have
     */
    List<String> pictures(Dataset dataset);

    /**
     * Returns the formats that pictures come in.
     *
     * @return usual file extensions, for example {@code svg}, {@code png}
     */
    List<String> formats();

    /**
     * Draws a picture. The same data gives the same picture.
     *
     * @param picture one of {@link #pictures}
     * @param dataset the data
     * @param format one of {@link #formats()}
     * @param out receives the document; not closed
     * @throws IOException if writing fails
     * @throws org.aitia.api.InvalidRequestException if there is no such picture or format
     */
    void render(String picture, Dataset dataset, String format, OutputStream out) throws IOException;
}
