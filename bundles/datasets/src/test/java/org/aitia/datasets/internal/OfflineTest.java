package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.junit.jupiter.api.Test;

class OfflineTest extends CacheFixture {
    private DatasetCache offline(String mirrors) {
        CacheSettings settings = new CacheSettings(
                folder.resolve("data/datasets"),
                Mirror.parse(mirrors, folder),
                true,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                1,
                Duration.ZERO);
        return new FileDatasetCache(() -> settings);
    }

    @Test
    void nothingIsAskedOverTheNetworkAndTheUserLearnsWhatToDo() {
        String mirrors = "mirror;" + server.address("/files");
        assertThatThrownBy(() -> fetch(offline(mirrors), club(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage("file karate/club.txt of data set 'karate' is not on this machine (looked for " + cached()
                        + ", " + folder.resolve("mirror/karate/club.txt") + " (the mirror is no directory)) and"
                        + " aitia.datasets.offline is true; copy it from " + club().origin() + " to " + cached()
                        + ", or set AITIA_DATASETS_MIRROR=<directory> to a directory that holds karate/club.txt, or go"
                        + " online with AITIA_DATASETS_OFFLINE=false");
        assertThat(server.requests()).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void allMissingFilesAreNamedAtOnce() throws IOException {
        fetch(cache(""), club(), TaskMonitor.NONE);
        List<RemoteFile> files = Stream.of("karate/a.txt", "karate/club.txt", "karate/b.txt")
                .map(path -> new RemoteFile(path, server.address("/" + path), Optional.empty()))
                .toList();
        assertThatThrownBy(() -> offline("").fetch(KARATE, files, TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageStartingWith("file karate/a.txt of data set 'karate' is not on this machine")
                .hasMessageEndingWith("; missing are karate/a.txt, karate/b.txt");
    }

    @Test
    void whatIsOnThisMachineIsUsed() throws IOException {
        fetch(cache(""), club(), TaskMonitor.NONE);
        assertThat(fetch(offline(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void mirrorDirectoriesAreUsed() throws IOException {
        Path copy = folder.resolve("mirror/karate/club.txt");
        Files.createDirectories(copy.getParent());
        Files.write(copy, CONTENT);
        assertThat(fetch(offline("mirror"), club(), TaskMonitor.NONE)).isEqualTo(copy);
    }

    @Test
    void refreshedFilesStayAsTheyWere() throws IOException {
        fetch(cache(""), unpinned(), TaskMonitor.NONE);
        offline("").refresh("karate", TaskMonitor.NONE);
        assertThat(fetch(offline(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
    }

    @Test
    void settingIsTrueOrFalse() {
        assertThat(FileDatasetCache.isOffline("")).isFalse();
        assertThat(FileDatasetCache.isOffline("false")).isFalse();
        assertThat(FileDatasetCache.isOffline(" TRUE")).isTrue();
        assertThatThrownBy(() -> FileDatasetCache.isOffline("yes"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("aitia.datasets.offline is 'yes'; it takes true or false");
    }
}
