package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.Datasets.FileCheck;
import org.aitia.api.dataset.Datasets.FileCheck.Status;
import org.junit.jupiter.api.Test;

/** Verifying and refreshing what is stored. */
class RefreshTest extends CacheFixture {
    private static final byte[] NEWER = content(1000);

    private List<FileCheck> verify(String mirrors) {
        return cache(mirrors).verify("karate", TaskMonitor.NONE);
    }

    private void refresh(String mirrors) {
        cache(mirrors).refresh("karate", TaskMonitor.NONE);
    }

    private Path mirror(byte[] content) throws IOException {
        Path copy = folder.resolve("mirror/karate/club.txt");
        Files.createDirectories(copy.getParent());
        return Files.write(copy, content);
    }

    @Test
    void nothingIsStoredBeforeTheFirstFetch() {
        assertThat(verify("")).isEmpty();
        refresh("");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void fetchedFilesAreVerified() throws IOException {
        fetch(cache(""), club(), TaskMonitor.NONE);
        Optional<String> checksum = Optional.of(sha256(CONTENT));
        assertThat(verify(""))
                .containsExactly(new FileCheck("karate/club.txt", CONTENT.length, Status.OK, checksum, checksum));
        Files.write(cached(), new byte[] {1});
        assertThat(verify(""))
                .containsExactly(new FileCheck(
                        "karate/club.txt", 1, Status.CHANGED, checksum, Optional.of(sha256(new byte[] {1}))));
        Files.delete(cached());
        assertThat(verify(""))
                .containsExactly(new FileCheck("karate/club.txt", 0, Status.MISSING, checksum, Optional.empty()));
    }

    @Test
    void fileThatNothingIsKnownOfIsUnpinned() throws IOException {
        Files.createDirectories(cached().resolveSibling("more"));
        Files.write(cached().resolveSibling("more/b.txt"), new byte[] {1});
        fetch(cache(""), club(), TaskMonitor.NONE);
        Files.write(cached().resolveSibling("a.txt.part"), new byte[] {1}); // on its way: no file yet
        assertThat(verify("")).extracting(FileCheck::name).containsExactly("karate/club.txt", "more/b.txt");
        assertThat(verify("").get(1))
                .isEqualTo(new FileCheck(
                        "more/b.txt", 1, Status.UNPINNED, Optional.empty(), Optional.of(sha256(new byte[] {1}))));
    }

    @Test
    void filesOnAMirrorAreVerifiedThere() throws IOException {
        Path copy = mirror(CONTENT);
        fetch(cache("mirror"), unpinned(), TaskMonitor.NONE);
        assertThat(verify("mirror"))
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(Status.OK));
        Files.write(copy, NEWER);
        assertThat(verify("mirror"))
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(Status.CHANGED));
        Files.delete(copy);
        assertThat(verify("mirror"))
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(Status.MISSING));
    }

    @Test
    void verifyingTellsProgress() {
        fetch(cache(""), club(), TaskMonitor.NONE);
        RecordingMonitor monitor = new RecordingMonitor();
        cache("").verify("karate", monitor);
        assertThat(monitor.progress)
                .containsExactly(
                        new RecordingMonitor.Progress("checking files", 0, 1),
                        new RecordingMonitor.Progress("checking files", 1, 1));
    }

    @Test
    void refreshedFilesAreFetchedAnewAndMayHaveChanged() throws IOException {
        fetch(cache(""), unpinned(), TaskMonitor.NONE);
        server.file("/files/club.txt", NEWER);
        refresh("");
        assertThat(cached()).doesNotExist();
        assertThat(fetch(cache(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(NEWER);
        assertThat(server.requests()).hasSize(2);
        assertThat(filesInCache()).containsExactly("club.txt", "club.txt.sha256");
        assertThat(cached().resolveSibling(".former")).doesNotExist();
    }

    @Test
    void refreshedMirrorIsPinnedAnewAndNotTouched() throws IOException {
        Path copy = mirror(CONTENT);
        fetch(cache("mirror"), unpinned(), TaskMonitor.NONE);
        Files.write(copy, NEWER);
        refresh("mirror");
        assertThat(copy).hasBinaryContent(NEWER);
        assertThat(fetch(cache("mirror"), unpinned(), TaskMonitor.NONE)).isEqualTo(copy);
        assertThat(verify("mirror"))
                .singleElement()
                .satisfies(check -> assertThat(check.expected()).contains(sha256(NEWER)));
    }

    @Test
    void formerFilesAreUsedWhenNewOnesCannotBeHad() throws IOException {
        fetch(cache(""), unpinned(), TaskMonitor.NONE);
        server.then(server.status(404));
        refresh("");
        refresh(""); // twice is as good as once
        RecordingMonitor monitor = new RecordingMonitor();
        assertThat(fetch(cache(""), unpinned(), monitor)).isEqualTo(cached()).hasBinaryContent(CONTENT);
        assertThat(monitor.messages)
                .singleElement()
                .asString()
                .startsWith("data set 'karate' stays as it was before its refresh: file karate/club.txt of data set"
                        + " 'karate' cannot be had: tried ");
        // the pin is back, too
        assertThat(verify(""))
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(Status.OK));
        assertThat(filesInCache()).containsExactly("club.txt", "club.txt.sha256");
    }

    @Test
    void formerFilesAreUsedTogetherOrNotAtAll() throws IOException {
        RemoteFile members = new RemoteFile("karate/members.txt", server.address("/members.txt"), Optional.empty());
        server.file("/members.txt", new byte[] {1});
        cache("").fetch(KARATE, List.of(unpinned(), members), TaskMonitor.NONE);
        server.file("/files/club.txt", NEWER);
        server.then(server.whole()).then(server.status(404));
        refresh("");
        List<Path> paths = cache("").fetch(KARATE, List.of(unpinned(), members), TaskMonitor.NONE);
        assertThat(paths.get(0)).hasBinaryContent(CONTENT); // not the newer one beside the former members
        assertThat(paths.get(1)).hasBinaryContent(new byte[] {1});
    }

    @Test
    void damagedFormerFileIsNotUsed() throws IOException {
        fetch(cache(""), unpinned(), TaskMonitor.NONE);
        Files.write(cached(), new byte[] {1});
        server.then(server.status(404));
        refresh("");
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class);
    }

    @Test
    void killedRefreshIsEndedByTheNextFetch() throws IOException {
        fetch(cache(""), unpinned(), TaskMonitor.NONE);
        Files.createFile(cached().resolveSibling(".refresh")); // what the kill left
        server.file("/files/club.txt", NEWER);
        assertThat(fetch(cache(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(NEWER);
        assertThat(cached().resolveSibling(".refresh")).doesNotExist();
    }

    @Test
    void refreshDropsBrokenPartsToo() throws IOException {
        server.then(server.cutAfter(100_000)).then(server.status(404)).then(server.whole());
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class);
        refresh("");
        assertThat(filesInCache()).isEmpty();
    }

    @Test
    void refreshWaitsForADownloadAndCanBeCancelled() throws Exception {
        try (FolderLock lock = FolderLock.acquire(cached().getParent(), TaskMonitor.NONE)) {
            RecordingMonitor monitor = new RecordingMonitor();
            monitor.cancel();
            DatasetCache cache = cache("");
            assertThatThrownBy(() -> cache.refresh("karate", monitor))
                    .isInstanceOf(org.aitia.api.CancelledException.class);
        }
    }
}
