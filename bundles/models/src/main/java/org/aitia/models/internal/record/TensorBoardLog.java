package org.aitia.models.internal.record;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.StorageException;
import org.aitia.api.model.Parameter;

/** An event file that TensorBoard opens: measures as scalars, weights as histograms. */
public final class TensorBoardLog implements EpochLog {
    private static final String PREFIX = "events.out.tfevents.";
    private static final String SUFFIX = ".aitia"; // in place of a host name
    private static final long MILLIS_PER_SECOND = 1000;

    private final Path path;
    private final EventFile file;

    private TensorBoardLog(Path path, EventFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Begins an event file. Those of an earlier training are removed, but kept where it is gone on with.
     *
     * @param directory the run's folder
     * @param after the last epoch of an earlier run to keep; 0 for a new training
     * @return the file
     * @throws StorageException if it cannot be written
     */
    public static TensorBoardLog open(Path directory, int after) {
        Path path = directory;
        try {
            Files.createDirectories(directory);
            if (after == 0) {
                removeEarlier(directory);
            }
            long time = System.currentTimeMillis() / MILLIS_PER_SECOND;
            do {
                // TensorBoard reads the files of a run in the order of their names
                path = directory.resolve(PREFIX + String.format(java.util.Locale.ROOT, "%010d", time++) + SUFFIX);
            } while (Files.exists(path));
            EventFile file = new EventFile(path);
            if (after > 0) {
                file.restart(after + 1L);
            }
            return new TensorBoardLog(path, file);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static void removeEarlier(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private static StorageException failed(Path path, IOException e) {
        return new StorageException(
                "cannot write the training record " + path + ": " + e + "; choose another folder with logDir", e);
    }

    @Override
    public void scalars(Epoch epoch) {
        Map<String, Double> values = new LinkedHashMap<>();
        epoch.train().forEach((measure, value) -> values.put(measure + "/train", value));
        epoch.validation().forEach((measure, value) -> values.put(measure + "/validation", value));
        values.put("learningRate", epoch.learningRate());
        values.put("seconds", epoch.seconds());
        values.values().removeIf(value -> Double.isNaN(value));
        try {
            file.scalars(epoch.number(), values);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public void weights(int epoch, List<Parameter> weights) {
        Map<String, Histogram> values = new LinkedHashMap<>();
        weights.forEach(p -> values.put("weights/" + p.name(), Histogram.of(p.values())));
        try {
            file.histograms(epoch, values);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }
}
