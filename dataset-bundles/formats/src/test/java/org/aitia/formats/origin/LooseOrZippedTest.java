package org.aitia.formats.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.api.CancelledException;
import org.aitia.api.DataFormatException;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.formats.FileSet;
import org.aitia.formats.zip.ZipLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooseOrZippedTest {
    private static final DatasetInfo INFO =
            new DatasetInfo("club", "Club", "a club", Task.NODE, "somewhere", "", "none", false);
    private static final LooseOrZipped FILES = new LooseOrZipped(
            "clubs",
            Map.of("a/edges.csv", Optional.of("00"), "nodes.csv", Optional.empty()),
            new RemoteFile("clubs/all.zip", URI.create("https://example.org/all.zip"), Optional.empty()),
            ZipLimits.DEFAULT);

    @TempDir
    private Path folder;

    private final List<RemoteFile> asked = new ArrayList<>();

    /** A cache that knows what lies in the folder. */
    private final DatasetCache cache = (dataset, files, monitor) -> files.stream()
            .map(file -> {
                asked.add(file);
                Path path = folder.resolve(file.mirrorPath());
                if (!Files.exists(path)) {
                    throw new DataUnavailableException("no " + file.mirrorPath());
                }
                return path;
            })
            .toList();

    @Test
    void looseFilesAreUsedWhereAllAreThere() throws IOException {
        write("clubs/a/edges.csv", "loose");
        write("clubs/nodes.csv", "loose");
        writeArchive("x/a/edges.csv", "x/nodes.csv");
        try (FileSet files = FILES.fetch(cache, INFO, TaskMonitor.NONE)) {
            assertThat(files.paths()).containsExactly("a/edges.csv", "nodes.csv");
            assertThat(files.require("a/edges.csv").bytes(100)).asString().isEqualTo("loose");
        }
    }

    @Test
    void looseFilesAreLookedForWithTheirChecksumsAndNotOnTheNetwork() throws IOException {
        write("clubs/a/edges.csv", "loose");
        write("clubs/nodes.csv", "loose");
        FILES.fetch(cache, INFO, TaskMonitor.NONE).close();
        assertThat(asked).extracting(RemoteFile::mirrorPath).containsExactly("clubs/a/edges.csv", "clubs/nodes.csv");
        assertThat(asked.get(0).sha256()).contains("00");
        assertThat(asked).extracting(file -> file.origin().getScheme()).containsOnly("mirror");
    }

    @Test
    void archiveIsUsedWhereAFileIsMissing() throws IOException {
        write("clubs/nodes.csv", "loose");
        writeArchive("clubs/a/edges.csv", "clubs/nodes.csv");
        try (FileSet files = FILES.fetch(cache, INFO, TaskMonitor.NONE)) {
            assertThat(files.require("nodes.csv").bytes(100)).asString().isEqualTo("zipped");
        }
    }

    @Test
    void filesAreFoundInFoldersOfTheArchive() throws IOException {
        writeArchive("top/deep/a/edges.csv", "top/deep/nodes.csv", "top/README");
        try (FileSet files = FILES.fetch(cache, INFO, TaskMonitor.NONE)) {
            assertThat(files.find("a/edges.csv")).isPresent();
            assertThat(files.find("nodes.csv")).isPresent();
            assertThat(files.find("other.csv")).isEmpty();
        }
    }

    @Test
    void fileThatTheArchiveHoldsTwiceIsNotGuessed() throws IOException {
        writeArchive("top/one/nodes.csv", "top/two/nodes.csv");
        try (FileSet files = FILES.fetch(cache, INFO, TaskMonitor.NONE)) {
            assertThatThrownBy(() -> files.require("nodes.csv")).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void whatMirrorsMayHoldIsSaidWhereThereIsNothing() {
        assertThatThrownBy(() -> FILES.fetch(cache, INFO, TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage(
                        "no clubs/all.zip; a mirror may also hold the files one by one: clubs/a/edges.csv, nodes.csv");
    }

    @Test
    void damagedLooseFileIsAnErrorAndNoReasonToLookElsewhere() throws IOException {
        writeArchive("a/edges.csv", "nodes.csv");
        DatasetCache damaged = (dataset, files, monitor) -> {
            throw new DataFormatException("wrong checksum");
        };
        assertThatThrownBy(() -> FILES.fetch(damaged, INFO, TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("wrong checksum");
    }

    @Test
    void cancelledWorkIsNotContinuedWithTheArchive() {
        TaskMonitor cancelled = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // not of interest
            }

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> FILES.fetch(cache, INFO, cancelled)).isInstanceOf(CancelledException.class);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }

    private void writeArchive(String... entries) throws IOException {
        Files.createDirectories(folder.resolve("clubs"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("clubs/all.zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write("zipped".getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }
}
