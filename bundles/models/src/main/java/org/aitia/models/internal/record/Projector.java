package org.aitia.models.internal.record;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.aitia.api.StorageException;

/** Writes points and what they stand for, for TensorBoard's embedding projector. */
public final class Projector {
    private Projector() {}

    /**
     * What a point stands for.
     *
     * @param instance node or index of a graph
     * @param label its class
     * @param predicted the class that the model gives it
     * @param part of the split
     */
    public record Point(int instance, String label, String predicted, String part) {}

    /**
     * Writes {@code tensors.tsv}, {@code metadata.tsv} and {@code projector_config.pbtxt}.
     *
     * @param directory the run's folder
     * @param positions one row per point
     * @param points what they stand for
     * @throws StorageException if they cannot be written
     */
    public static void write(Path directory, float[][] positions, List<Point> points) {
        try {
            Files.createDirectories(directory);
            write(directory, "tensors.tsv", out -> {
                for (float[] row : positions) {
                    StringJoiner cells = new StringJoiner("\t", "", "\n");
                    for (float value : row) {
                        cells.add(Float.toString(value));
                    }
                    out.write(cells.toString());
                }
            });
            write(directory, "metadata.tsv", out -> {
                out.write("instance\tclass\tpredicted\tpart\n");
                for (Point point : points) {
                    out.write(point.instance() + "\t" + cell(point.label()) + "\t" + cell(point.predicted()) + "\t"
                            + point.part() + "\n");
                }
            });
            // last, as it is what makes TensorBoard look for the others
            write(directory, "projector_config.pbtxt", out -> {
                for (String line : Arrays.asList(
                        "embeddings {",
                        "  tensor_name: \"embeddings\"",
                        "  tensor_path: \"tensors.tsv\"",
                        "  metadata_path: \"metadata.tsv\"",
                        "}")) {
                    out.write(line + "\n");
                }
            });
        } catch (IOException e) {
            throw new StorageException(
                    "cannot write the embeddings to " + directory + ": " + e + "; choose another folder with logDir",
                    e);
        }
    }

    /** Writes text. */
    private interface Text {
        void write(BufferedWriter out) throws IOException;
    }

    private static void write(Path directory, String name, Text text) throws IOException {
        Path fresh = directory.resolve(name + ".tmp");
        try (BufferedWriter out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            text.write(out);
        }
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String cell(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
