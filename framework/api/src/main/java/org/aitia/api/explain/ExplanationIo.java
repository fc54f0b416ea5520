package org.aitia.api.explain;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Explanations as JSON. Safe for several threads.
 *
 * <p>Keys: {@code explanations} (list of {@code target, predictedClass, explainedClass, label, probabilities, nodes,
 * edgeMask} as {@code [source, target, weight]} triples, {@code nodeMask, featureMask, seed}), {@code seconds,
 * secondsPerTarget, provenance}. Reading what was written gives an equal result.
 */
@ProviderType
public interface ExplanationIo {
    /**
     * Writes a result.
     *
     * @param result what to write
     * @param out receives UTF-8 text; not closed
     * @throws IOException if writing fails
     */
    void write(ExplanationResult result, OutputStream out) throws IOException;

    /**
     * Writes a result to a file, whole or not at all.
     *
     * @param result what to write
     * @param file replaced if it exists
     * @throws org.aitia.api.StorageException if it cannot be written
     */
    void write(ExplanationResult result, Path file);

    /**
     * Reads a result.
     *
     * @param file written by {@link #write(ExplanationResult, Path)}
     * @return the result
     * @throws org.aitia.api.DataFormatException if it is damaged or of another kind; the message names the place
     * @throws org.aitia.api.StorageException if it cannot be read
     */
    ExplanationResult read(Path file);
}
