package org.aitia.models.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of epochs. */
class CsvLogTest {
    private static final String HEADER = "epoch,trainLoss,trainAccuracy,trainMacroF1,trainRocAuc,"
            + "valLoss,valAccuracy,valMacroF1,valRocAuc,learningRate,seconds";

    @TempDir
    Path directory;

    private static EpochLog.Epoch epoch(int number) {
        return new EpochLog.Epoch(
                number,
                Map.of("loss", 1.5, "accuracy", 0.5, "macroF1", 0.25, "rocAuc", Double.NaN),
                Map.of(),
                0.01,
                number);
    }

    @Test
    void everyEpochIsALineWithEmptyCellsForWhatIsNotKnown() {
        try (CsvLog log = CsvLog.open(directory.resolve("new"), 0)) {
            log.scalars(epoch(1));
            // written at once, for those who look on
            assertThat(directory.resolve("new/metrics.csv")).hasContent(HEADER + "\n1,1.5,0.5,0.25,,,,,,0.01,1.0\n");
        }
    }

    @Test
    void goingOnKeepsWholeLinesUpToTheCheckpoint() throws IOException {
        try (CsvLog log = CsvLog.open(directory, 0)) {
            for (int e = 1; e <= 4; e++) {
                log.scalars(epoch(e));
            }
        }
        Files.writeString(directory.resolve("metrics.csv"), "5,1.", StandardOpenOption.APPEND);
        try (CsvLog log = CsvLog.open(directory, 2)) {
            log.scalars(epoch(3));
        }
        assertThat(Files.readAllLines(directory.resolve("metrics.csv")))
                .extracting(line -> line.split(",")[0])
                .containsExactly("epoch", "1", "2", "3");
    }

    @Test
    void aNewTrainingBeginsANewTable() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (CsvLog log = CsvLog.open(directory, 0)) {
                log.scalars(epoch(1));
            }
        }
        assertThat(Files.readAllLines(directory.resolve("metrics.csv"))).hasSize(2);
    }
}
