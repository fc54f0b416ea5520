package org.aitia.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path directory;

    private List<Path> content() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void relativeNamesBelongToTheUsersDirectory() {
        assertThat(OutputFile.check("a/../out.json", directory).path()).isEqualTo(directory.resolve("out.json"));
    }

    @Test
    void checkingLeavesNothingBehind() throws IOException {
        OutputFile.check("out.json", directory);
        assertThat(content()).isEmpty();
    }

    @Test
    void theDirectoryMustExist() {
        assertThatThrownBy(() -> OutputFile.check("results/out.json", directory))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("cannot write " + directory.resolve("results/out.json") + ": there is no directory "
                        + directory.resolve("results") + "; make it first");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> OutputFile.check(".", directory))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(directory + " is a directory; name a file");
    }

    @Test
    void writingReplacesTheFile() throws IOException {
        Files.writeString(directory.resolve("out.txt"), "before");
        OutputFile.check("out.txt", directory).write(out -> out.write("after".getBytes(StandardCharsets.UTF_8)));
        assertThat(directory.resolve("out.txt")).hasContent("after");
        assertThat(content()).hasSize(1);
    }

    @Test
    void aFailureLeavesWhatWasThereBefore() throws IOException {
        Files.writeString(directory.resolve("out.txt"), "before");
        OutputFile file = OutputFile.check("out.txt", directory);
        assertThatThrownBy(() -> file.write(out -> {
                    out.write(1);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(StorageException.class)
                .hasMessage("cannot write " + directory.resolve("out.txt") + ": No space left on device");
        assertThat(directory.resolve("out.txt")).hasContent("before");
        assertThat(content()).hasSize(1);
    }

    @Test
    void theReasonIsNeverJustAPath() {
        assertThat(OutputFile.reason(new AccessDeniedException("/a"))).isEqualTo("permission denied");
        assertThat(OutputFile.reason(new FileAlreadyExistsException("/a/b"))).isEqualTo("/a/b is in the way");
        assertThat(OutputFile.reason(new NoSuchFileException("/a"))).isEqualTo("the file system does not allow it");
        assertThat(OutputFile.reason(new FileSystemException("/a", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
    }

    @Test
    void aDirectoryThatVanishesIsReported() throws IOException {
        Path later = Files.createDirectory(directory.resolve("later"));
        OutputFile file = OutputFile.check("later/out.txt", directory);
        Files.delete(later);
        assertThatThrownBy(() -> file.write(out -> out.write(1)))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("cannot write " + later.resolve("out.txt") + ": ");
    }
}
