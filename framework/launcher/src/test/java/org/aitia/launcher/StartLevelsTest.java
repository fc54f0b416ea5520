package org.aitia.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartLevelsTest {

    @TempDir
    private Path directory;

    @Test
    void bundlesThatAreNotListedHaveTheLevelOfTheStar() throws IOException {
        Path file = Files.writeString(directory.resolve("levels"), "# comment\norg.example.first = 3\n* = 40\n");
        StartLevels levels = StartLevels.read(file);
        assertThat(levels.of("org.example.first")).isEqualTo(3);
        assertThat(levels.of("org.example.other")).isEqualTo(40);
    }

    @Test
    void aLevelThatIsNoNumberIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("levels"), "org.example = early");
        assertThatThrownBy(() -> StartLevels.read(file))
                .hasMessage(file + ": start level of org.example is 'early', not a number");
    }
}
