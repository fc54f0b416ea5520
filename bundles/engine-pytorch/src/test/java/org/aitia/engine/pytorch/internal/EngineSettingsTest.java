package org.aitia.engine.pytorch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSettingsTest {
    @TempDir
    Path directory;

    private static EngineSettings settings(Map<String, String> properties, Map<String, String> environment) {
        return EngineSettings.of(properties::get, environment::get);
    }

    @Test
    void withoutPropertiesOneThreadAndTheClassPath() {
        EngineSettings settings = settings(Map.of(), Map.of());
        assertThat(settings.threads()).isEqualTo(1);
        assertThat(settings.library()).isEmpty();
        assertThat(settings.jar()).isEmpty();
        assertThat(settings.cache()).isEmpty();
    }

    @Test
    void nativesGoToTheDataDirectoryUnlessTheyHaveTheirOwn() {
        assertThat(settings(Map.of("aitia.data", "d"), Map.of()).cache()).contains(Path.of("d", "natives"));
        assertThat(settings(Map.of("aitia.data", "d", "aitia.natives.dir", "n"), Map.of())
                        .cache())
                .contains(Path.of("n"));
    }

    @Test
    void theEnvironmentWinsAsInDjl() {
        Map<String, String> properties = Map.of("aitia.pytorch.library.path", "p", "aitia.pytorch.flavor", "cu128");
        assertThat(settings(properties, Map.of()).library()).contains(Path.of("p"));
        assertThat(settings(properties, Map.of("PYTORCH_LIBRARY_PATH", "e")).library())
                .contains(Path.of("e"));
        assertThat(settings(properties, Map.of("PYTORCH_FLAVOR", " ")).flavor()).isEqualTo(Optional.of("cu128"));
    }

    @Test
    void aNumberOfThreadsIsAtLeastOne() {
        assertThat(settings(Map.of("aitia.cpu.threads.per.lane", "3"), Map.of()).threads())
                .isEqualTo(3);
        for (String wrong : new String[] {"0", "-1", "many"}) {
            assertThatThrownBy(() -> settings(Map.of("aitia.cpu.threads.per.lane", wrong), Map.of()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("aitia.cpu.threads.per.lane")
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void absentLibrariesAreToldByTheirProperty() {
        ClassLoader nothing = ClassLoader.getPlatformClassLoader();
        String data = directory.toString();
        assertThatThrownBy(() -> Libtorch.find(settings(Map.of("aitia.data", data), Map.of()), nothing))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("No libtorch was found in the class path")
                .hasMessageContaining("aitia.natives.jar");
        assertThatThrownBy(() -> Libtorch.find(
                        settings(Map.of("aitia.natives.jar", "gone.jar", "aitia.data", data), Map.of()), nothing))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("gone.jar");
        assertThatThrownBy(() -> Libtorch.find(
                        settings(Map.of("aitia.pytorch.library.path", data, "aitia.data", data), Map.of()), nothing))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("There is no libtorch");
        assertThatThrownBy(() -> Libtorch.find(
                        settings(Map.of("aitia.pytorch.library.path", "gone", "aitia.data", data), Map.of()), nothing))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("does not exist");
    }
}
