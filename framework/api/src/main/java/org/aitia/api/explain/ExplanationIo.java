package org.aitia.api.explain;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Explanations as JSON. Safe for several threads.
 *
 * <p>Reading what was written gives an equal result, but for infinite values in text, which become NaN. Keys that are
 * not there when reading are taken as absent, and unknown ones are skipped.
 *
 * <p>The document: {@code format} ({@code aitia-explanation}), {@code version} (1), {@code maskFile}, {@code
 * explanations}, {@code seconds}, {@code secondsPerTarget}, {@code cost} ({@code oracleCalls, recordedCalls,
 * trainingCalls, trainingSeconds, peakNativeBytes}), {@code threshold} (only where masks were cut), {@code provenance} (the fields of {@link Provenance} by their
 * names; {@code trained, trainedDigest, initialDigest} only where there are such).
 *
 * <p>Each explanation:
 *
 * <ul>
 *   <li>{@code target, predictedClass, explainedClass, label} (-1: none), {@code probabilities, nodes, seed, diagnostics}
 *   <li>{@code edgeMask}: every edge of the computation graph as {@code [source, target, weight]}, in its order; the
 *       weight is null if edges were not explained
 *   <li>{@code featureMaskType} ({@code node, feature, node_feature, stored}) and {@code featureMaskSize}, the number of
 *       values of a feature mask; 0 if features were not explained
 *   <li>{@code nodeMask}: a mask of type {@code node} as {@code [node, weight]}, zeros left out; else null
 *   <li>{@code featureMask}: of type {@code feature} as {@code [feature, weight]} and of {@code node_feature} as
 *       {@code [node, feature, weight]}, zeros left out; of {@code stored} as {@code [node, feature, weight]}, every
 *       stored value in order; else null
 *   <li>{@code edgeFeatureMask}: a list of weights for each edge, in the order of {@code edgeMask}; null if features of
 *       edges were not explained
 *   <li>{@code deviation}, of repeated runs only: {@code edgeMask, featureMask, edgeFeatureMask}, each a list of values,
 *       row by row, zeros and all
 *   <li>{@code inMaskFile}, with {@code maskFile} only
 * </ul>
 *
 * <p>Numbers that JSON has not are null and read as NaN. Weights are the shortest text that reads back as the same float.
 *
 * <p><b>Large masks.</b> Where masks on features and deviations have more than a quarter of a million values, {@link
 * #write(ExplanationResult, Path)} puts them into an npz file beside the document, which {@code numpy.load} reads:
 * {@code NAME.masks-CHECKSUM.npz} for a document {@code NAME.json}. The document names it in {@code maskFile}
 * ({@code name}, {@code digest}), and {@code nodeMask, featureMask, edgeFeatureMask, deviation} are not in the document.
 * Its arrays, explanation after explanation, are {@code features, edgeFeatures, edgeDeviation, featureDeviation,
 * edgeFeatureDeviation} (float32, row by row) and, for masks of type {@code stored}, {@code storedOffsets} (where the
 * values of each node begin; n + 1 per explanation) and {@code storedColumns} (the feature of each value), both int32. An
 * explanation's {@code inMaskFile} says how many values it has of each. Replacing the document removes the file of the
 * one before. A stream always holds everything.
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
