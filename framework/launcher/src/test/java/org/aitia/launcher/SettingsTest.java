package org.aitia.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path home;

    @BeforeEach
    void makeAnInstallation() throws IOException {
        Files.createDirectories(home.resolve("system"));
        Files.createDirectories(home.resolve("etc"));
    }

    @Test
    void aLaterSourceWins() throws IOException {
        Files.writeString(home.resolve("etc/config.properties"), "aitia.a=1\naitia.b=1\naitia.c=1\naitia.d=1\nother=1");
        Files.writeString(home.resolve("etc/custom.properties"), "aitia.b=2\naitia.c=2\naitia.d=2");
        Properties system = new Properties();
        system.setProperty("aitia.d", "4");
        system.setProperty("other", "4");
        Settings settings =
                Settings.load(Map.of("AITIA_HOME", home.toString(), "AITIA_C", "3", "AITIA_D", "3", "C", "9"), system);
        assertThat(settings.all())
                .containsEntry("aitia.a", "1")
                .containsEntry("aitia.b", "2")
                .containsEntry("aitia.c", "3")
                .containsEntry("aitia.d", "4")
                .containsEntry("other", "1")
                .doesNotContainKey("c");
    }

    @Test
    void dataIsInTheHomeUnlessSaidOtherwise() {
        Map<String, String> environment = Map.of("AITIA_HOME", home.toString());
        assertThat(Settings.load(environment, new Properties()).data()).isEqualTo(home.resolve("data"));
        Properties system = new Properties();
        system.setProperty("aitia.data", home.resolve("elsewhere").toString());
        assertThat(Settings.load(environment, system).data()).isEqualTo(home.resolve("elsewhere"));
    }

    @Test
    void aDirectoryWithoutAnInstallationIsRefused() {
        Map<String, String> environment =
                Map.of("AITIA_HOME", home.resolve("none").toString());
        assertThatThrownBy(() -> Settings.load(environment, new Properties()))
                .isInstanceOf(LaunchException.class)
                .hasMessage("AITIA_HOME is " + home.resolve("none") + ", which holds no Aitia (no system directory)");
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        Map<String, String> environment = Map.of("AITIA_HOME", home.toString(), "AITIA_START_TIMEOUT", "soon");
        Settings settings = Settings.load(environment, new Properties());
        assertThatThrownBy(() -> settings.number("aitia.start.timeout", 1))
                .hasMessage("property aitia.start.timeout must be a whole number, not 'soon'");
        assertThat(settings.number("aitia.absent", 7)).isEqualTo(7);
    }
}
