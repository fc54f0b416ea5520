package org.aitia.models.internal.record;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.api.StorageException;
import org.aitia.api.model.Parameter;

/** A table with a line per epoch, written line by line. */
public final class CsvLog implements EpochLog {
    private static final String FILE = "metrics.csv";
    private static final List<String> MEASURES = List.of("loss", "accuracy", "macroF1", "rocAuc");
    private static final String HEADER = "epoch,trainLoss,trainAccuracy,trainMacroF1,trainRocAuc,"
            + "valLoss,valAccuracy,valMacroF1,valRocAuc,learningRate,seconds";

    private final Path file;
    private final BufferedWriter writer;

    private CsvLog(Path file, BufferedWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Begins a table, or goes on with one.
     *
     * @param directory where {@code metrics.csv} goes
     * @param after the last epoch of an earlier run to keep; 0 for a new table
     * @return the table
     * @throws StorageException if it cannot be written
     */
    public static CsvLog open(Path directory, int after) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            List<String> lines = new ArrayList<>(List.of(HEADER));
            if (after > 0 && Files.exists(file)) {
                Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .skip(1)
                        .filter(line -> isUpTo(line, after))
                        .forEach(lines::add);
            }
            Path fresh = directory.resolve(FILE + ".tmp");
            Files.write(fresh, lines, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new CsvLog(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Whether a line is whole and of an epoch that was not computed again. */
    private static boolean isUpTo(String line, int after) {
        String[] cells = line.split(",", -1);
        return cells.length == HEADER.split(",", -1).length
                && cells[0].matches("\\d{1,9}")
                && Integer.parseInt(cells[0]) <= after;
    }

    private static StorageException failed(Path file, IOException e) {
        return new StorageException(
                "cannot write the training record " + file + ": " + e + "; choose another folder with logDir", e);
    }

    @Override
    public void scalars(Epoch epoch) {
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(epoch.number()));
        for (Map<String, Double> part : List.of(epoch.train(), epoch.validation())) {
            for (String measure : MEASURES) {
                double value = part.getOrDefault(measure, Double.NaN);
                cells.add(Double.isNaN(value) ? "" : Double.toString(value));
            }
        }
        cells.add(Double.toString(epoch.learningRate()));
        cells.add(Double.toString(epoch.seconds()));
        try {
            writer.write(String.join(",", cells));
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public void weights(int epoch, List<Parameter> weights) {
        // a table has no room for distributions
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }
}
