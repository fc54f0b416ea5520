package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aitia.api.CancelledException;
import org.aitia.api.DataFormatException;
import org.aitia.api.DataUnavailableException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDatasetCacheTest extends CacheFixture {
    @Test
    void fileIsDownloadedOnce() throws IOException {
        DatasetCache cache = cache("");
        Path first = fetch(cache, club(), TaskMonitor.NONE);
        assertThat(first).isEqualTo(cached()).hasBinaryContent(CONTENT);
        assertThat(fetch(cache, club(), TaskMonitor.NONE)).isEqualTo(first);
        assertThat(server.requests()).containsExactly("/files/club.txt");
        assertThat(filesInCache()).containsExactly("club.txt", "club.txt.sha256");
    }

    @Test
    void progressRunsToTheEndAndLicenceAndCitationAreTold() {
        RecordingMonitor monitor = new RecordingMonitor();
        fetch(cache(""), club(), monitor);
        assertThat(monitor.messages)
                .containsExactly("downloading Karate club from https://example.org/karate; licence: none stated;"
                        + " please cite: W. Zachary 1977");
        assertThat(monitor.progress.get(0))
                .isEqualTo(new RecordingMonitor.Progress("downloading club.txt", 0, CONTENT.length));
        assertThat(monitor.progress.get(monitor.progress.size() - 1))
                .isEqualTo(new RecordingMonitor.Progress("downloading club.txt", CONTENT.length, CONTENT.length));
        RecordingMonitor again = new RecordingMonitor();
        fetch(cache(""), club(), again);
        assertThat(again.messages).isEmpty();
        assertThat(again.progress).isEmpty();
    }

    @Test
    void redirectIsFollowed() {
        server.file("/moved", new byte[0])
                .then(server.redirect("/files/club.txt"))
                .then(server.whole());
        RemoteFile moved = new RemoteFile("karate/club.txt", server.address("/moved"), Optional.of(sha256(CONTENT)));
        assertThat(fetch(cache(""), moved, TaskMonitor.NONE)).hasBinaryContent(CONTENT);
    }

    @Test
    void cutConnectionIsContinuedWhereItBroke() {
        server.then(server.cutAfter(100_000)).then(server.whole());
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1)).matches("/files/club.txt bytes=[1-9]\\d*-");
    }

    @Test
    void stalledConnectionIsContinued() {
        server.then(server.stallAfter(100_000)).then(server.whole());
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests().get(1)).matches("/files/club.txt bytes=[1-9]\\d*-");
    }

    @Test
    void partOfAnEarlierProcessIsContinued() throws IOException {
        server.then(server.cutAfter(100_000)).then(server.status(404)).then(server.whole());
        DatasetCache first = cache("");
        assertThatThrownBy(() -> fetch(first, club(), TaskMonitor.NONE)).isInstanceOf(DataUnavailableException.class);
        assertThat(filesInCache()).containsExactly("club.txt.part", "club.txt.part.from");
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests().get(2)).matches("/files/club.txt bytes=[1-9]\\d*-");
        assertThat(filesInCache()).containsExactly("club.txt", "club.txt.sha256");
    }

    @Test
    void partIsThrownAwayWhenTheFileHasChangedMeanwhile() {
        byte[] older = content(200_000);
        older[0]++;
        server.file("/files/club.txt", older).then(server.cutAfter(100_000)).then((exchange, file) -> {
            server.file("/files/club.txt", CONTENT);
            server.whole().answer(exchange, CONTENT);
        });
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void partIsThrownAwayWhenAServerContinuesAnotherVersion() {
        byte[] older = content(200_000);
        older[0]++;
        server.file("/files/club.txt", older)
                .then(server.cutAfter(100_000))
                .then((exchange, file) -> {
                    server.file("/files/club.txt", CONTENT);
                    server.restWhateverItIs().answer(exchange, CONTENT);
                })
                .then(server.whole());
        assertThat(fetch(cache(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void serverWithoutRangesSendsAllAgain() {
        server.then(server.cutAfter(100_000)).then(server.wholeWithoutRanges());
        assertThat(fetch(cache(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests().get(1)).matches("/files/club.txt bytes=[1-9]\\d*-");
    }

    @Test
    void serverThatContinuesAtTheWrongPlaceIsAskedForAll() {
        server.then(server.cutAfter(100_000))
                .then((exchange, file) -> {
                    exchange.getResponseHeaders().set("Content-Range", "bytes 7-" + (file.length - 1) + "/*");
                    exchange.sendResponseHeaders(206, file.length - 7);
                    exchange.getResponseBody().write(file, 7, file.length - 7);
                })
                .then(server.whole());
        assertThat(fetch(cache(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests().get(2)).isEqualTo("/files/club.txt");
    }

    @Test
    void wholePartIsPublishedThoughItsDownloadWasKilled() throws IOException {
        server.then(server.cutAfter(100_000)).then(server.status(404)).then(server.whole());
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class);
        Files.write(cached().resolveSibling("club.txt.part"), CONTENT);
        assertThat(fetch(cache(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests().get(2)).isEqualTo("/files/club.txt bytes=" + CONTENT.length + "-");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void partThatIsLongerThanTheFileIsThrownAway() throws IOException {
        server.then(server.cutAfter(100_000)).then(server.status(404)).then(server.whole());
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class);
        Files.write(cached().resolveSibling("club.txt.part"), content(CONTENT.length + 1));
        assertThat(fetch(cache(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void serverThatAlwaysPromisesMoreThanItSendsIsGivenUp() throws IOException {
        server.then((exchange, file) -> {
            exchange.sendResponseHeaders(200, file.length + 1L);
            exchange.getResponseBody().write(file);
        });
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class);
        assertThat(cached()).doesNotExist();
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void serverThatSendsLessThanThereIsIsFoundOutByTheChecksum() throws IOException {
        server.then((exchange, file) -> {
            exchange.sendResponseHeaders(200, file.length - 1L);
            exchange.getResponseBody().write(file, 0, file.length - 1);
        });
        assertThatThrownBy(() -> fetch(cache(""), club(), TaskMonitor.NONE)).isInstanceOf(DataFormatException.class);
        assertThat(filesInCache()).isEmpty();
    }

    @Test
    void loginPageOfANetworkIsNeverPinnedAsData() throws IOException {
        server.then((exchange, file) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            server.whole().answer(exchange, "<html>please log in</html>".getBytes(StandardCharsets.US_ASCII));
        });
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("(a web page came instead of the file; perhaps the network wants a login)");
        assertThat(filesInCache()).isEmpty();
    }

    @Test
    void redirectIntoACircleIsGivenUp() {
        server.then(server.redirect("/files/club.txt"));
        assertThatThrownBy(() -> fetch(cache(""), club(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("(HTTP status 302)");
    }

    @Test
    void wrongPartIsFoundByItsChecksumAndFetchedAnew() throws IOException {
        server.then(server.cutAfter(100_000)).then(server.status(404)).then(server.whole());
        assertThatThrownBy(() -> fetch(cache(""), club(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class);
        Path part = cached().resolveSibling("club.txt.part");
        byte[] bytes = Files.readAllBytes(part);
        bytes[17]++;
        Files.write(part, bytes);
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests().get(3)).isEqualTo("/files/club.txt");
    }

    @Test
    void serverThatKeepsBreakingIsGivenUp() throws IOException {
        server.then(server.status(503));
        RemoteFile club = club();
        assertThatThrownBy(() -> fetch(cache(""), club, TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage("file karate/club.txt of data set 'karate' cannot be had: tried " + club.origin()
                        + " (HTTP status 503); set AITIA_DATASETS_MIRROR=<directory> to a directory that holds"
                        + " karate/club.txt, or copy the file to " + cached());
        assertThat(server.requests()).hasSize(3);
        assertThat(filesInCache()).isEmpty();
    }

    @Test
    void busyServerIsAskedAgain() {
        server.then(server.status(503)).then(server.status(429)).then(server.whole());
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
    }

    @Test
    void serverThatSaysNothingIsGivenUp() {
        server.then(server.silence());
        CacheSettings impatient = new CacheSettings(
                folder.resolve("data"),
                List.of(),
                false,
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                1,
                Duration.ZERO);
        assertThatThrownBy(() -> fetch(new FileDatasetCache(() -> impatient), club(), TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("(the server did not answer)");
    }

    @Test
    void missingFileIsNotAskedForTwice() {
        RemoteFile missing = new RemoteFile("karate/none.txt", server.address("/none.txt"), Optional.empty());
        assertThatThrownBy(() -> fetch(cache(""), missing, TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining("/none.txt (HTTP status 404)");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void withoutNetworkTheMessageSaysHowToProvideTheFile() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        RemoteFile club = new RemoteFile(
                "karate/club.txt", URI.create("http://127.0.0.1:" + closed + "/club.txt"), Optional.empty());
        assertThatThrownBy(() -> fetch(cache("nowhere"), club, TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessage("file karate/club.txt of data set 'karate' cannot be had: tried "
                        + folder.resolve("nowhere/karate/club.txt") + " (the mirror is no directory), "
                        + club.origin() + " (no connection); set AITIA_DATASETS_MIRROR=<directory> to a directory"
                        + " that holds karate/club.txt, or copy the file to " + cached());
    }

    @Test
    void unknownHostIsSaidToBePerhapsNoNetwork() {
        RemoteFile club =
                new RemoteFile("karate/club.txt", URI.create("http://no-such-host.invalid/club.txt"), Optional.empty());
        assertThatThrownBy(() -> fetch(cache(""), club, TaskMonitor.NONE))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageContaining(
                        "http://no-such-host.invalid/club.txt (the host is not known, perhaps there is no network)");
    }

    @Test
    void wrongDownloadIsNeverKept() throws IOException {
        byte[] wrong = "<html>please log in</html>".getBytes(StandardCharsets.US_ASCII);
        server.file("/files/club.txt", wrong);
        RemoteFile club = club();
        assertThatThrownBy(() -> fetch(cache(""), club, TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("download from " + club.origin() + " of data set 'karate' is damaged: expected SHA-256 "
                        + sha256(CONTENT) + ", found " + sha256(wrong)
                        + "; it was not kept; try again later, or set AITIA_DATASETS_MIRROR=<directory> to a"
                        + " directory with an intact karate/club.txt");
        assertThat(filesInCache()).isEmpty();
    }

    @Test
    void damagedFileInTheCacheIsNamed() throws IOException {
        fetch(cache(""), club(), TaskMonitor.NONE);
        Files.write(cached(), new byte[] {1});
        assertThatThrownBy(() -> fetch(cache(""), club(), TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + cached() + " of data set 'karate' is damaged: expected SHA-256 "
                        + sha256(CONTENT) + ", found " + sha256(new byte[] {1})
                        + "; have it fetched anew with: dataset karate --refresh");
    }

    @Test
    void fileThatTheUserCopiedIntoTheCacheIsTaken() throws IOException {
        Files.createDirectories(cached().getParent());
        Files.write(cached(), CONTENT);
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).isEqualTo(cached());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void checksumThatIsNotPublishedIsPinnedAtFirstUse() throws IOException {
        fetch(cache(""), unpinned(), TaskMonitor.NONE);
        assertThat(cached().resolveSibling("club.txt.sha256"))
                .hasContent(sha256(CONTENT) + "  club.txt\n# karate/club.txt\n");
        Files.write(cached(), new byte[] {1});
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + cached() + " of data set 'karate' is not what it was at first use: expected"
                        + " SHA-256 " + sha256(CONTENT) + ", found " + sha256(new byte[] {1})
                        + "; have it fetched anew with: dataset karate --refresh");
    }

    @Test
    void pinOfAnEarlierVersionHolds() throws IOException {
        Files.createDirectories(cached().getParent());
        Files.writeString(cached().resolveSibling("club.txt.sha256"), sha256(new byte[] {1}) + "\n");
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected SHA-256 " + sha256(new byte[] {1}));
    }

    @Test
    void laterDownloadMustBeTheFirstOneAgain() throws IOException {
        fetch(cache(""), unpinned(), TaskMonitor.NONE);
        Files.delete(cached());
        byte[] newer = content(1000);
        server.file("/files/club.txt", newer);
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("download from " + unpinned().origin() + " of data set 'karate' is not what it was at first"
                        + " use: expected SHA-256 " + sha256(CONTENT) + ", found " + sha256(newer)
                        + "; it was not kept; try again later, or set AITIA_DATASETS_MIRROR=<directory> to a"
                        + " directory with an intact karate/club.txt; if it has rightly changed, accept that with:"
                        + " dataset karate --refresh");
        assertThat(filesInCache()).containsExactly("club.txt.sha256");
    }

    @Test
    void fileOnAMirrorIsPinnedAtFirstUseToo() throws IOException {
        Path copy = mirror(CONTENT);
        assertThat(fetch(cache("mirror"), unpinned(), TaskMonitor.NONE)).isEqualTo(copy);
        Files.write(copy, new byte[] {1});
        assertThatThrownBy(() -> fetch(cache("mirror"), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + copy + " of data set 'karate' is not what it was at first use: expected SHA-256 "
                        + sha256(CONTENT) + ", found " + sha256(new byte[] {1})
                        + "; put an intact copy on the mirror; if it has rightly changed, accept that with:"
                        + " dataset karate --refresh");
    }

    @Test
    void damagedPinIsNamedAndNotReplaced() throws IOException {
        fetch(cache(""), unpinned(), TaskMonitor.NONE);
        Path pin = cached().resolveSibling("club.txt.sha256");
        Files.writeString(pin, "?");
        assertThatThrownBy(() -> fetch(cache(""), unpinned(), TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + pin + " of data set 'karate' is damaged: expected a SHA-256 checksum, found '?';"
                        + " have it fetched anew with: dataset karate --refresh");
    }

    @Test
    void cacheThatCannotBeWrittenKeepsNobodyFromReadingAMirror() throws IOException {
        Path copy = mirror(CONTENT);
        Files.createDirectories(folder.resolve("data"));
        Files.write(folder.resolve("data/datasets"), new byte[0]); // a file where a folder should be
        assertThat(fetch(cache("mirror"), unpinned(), TaskMonitor.NONE)).isEqualTo(copy);
    }

    private Path mirror(byte[] content) throws IOException {
        Path copy = folder.resolve("mirror/karate/club.txt");
        Files.createDirectories(copy.getParent());
        return Files.write(copy, content);
    }

    @Test
    void mirrorDirectoryIsReadInPlace() throws IOException {
        Path copy = folder.resolve("my mirror/karate/club.txt");
        Files.createDirectories(copy.getParent());
        Files.write(copy, CONTENT);
        // relative to the working directory, with a blank in its name
        assertThat(fetch(cache("elsewhere; my mirror"), club(), TaskMonitor.NONE))
                .isEqualTo(copy);
        assertThat(server.requests()).isEmpty();
        assertThat(filesInCache()).containsExactly("club.txt.sha256"); // nothing was copied
    }

    @Test
    void damagedMirrorDirectoryIsNamed() throws IOException {
        Path copy = mirror(new byte[] {1});
        assertThatThrownBy(() -> fetch(cache("mirror"), club(), TaskMonitor.NONE))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith("file " + copy + " of data set 'karate' is damaged: expected SHA-256 ")
                .hasMessageEndingWith("; put an intact copy on the mirror");
    }

    @Test
    void mirrorAddressIsAskedBeforeTheOrigin() {
        server.file("/mirror/karate/club 1.txt", CONTENT);
        RemoteFile club =
                new RemoteFile("karate/club 1.txt", server.address("/files/club.txt"), Optional.of(sha256(CONTENT)));
        Path path = fetch(cache(server.address("/mirror/").toString()), club, TaskMonitor.NONE);
        assertThat(path).hasBinaryContent(CONTENT);
        assertThat(server.requests()).containsExactly("/mirror/karate/club%201.txt");
    }

    @Test
    void originIsAskedWhenNoMirrorHasTheFile() throws IOException {
        Files.createDirectories(folder.resolve("mirror"));
        Path path = fetch(cache("mirror;" + server.address("/empty")), club(), TaskMonitor.NONE);
        assertThat(path).hasBinaryContent(CONTENT);
        assertThat(server.requests()).containsExactly("/empty/karate/club.txt", "/files/club.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "https:///planetoid", "http://a b"})
    void mirrorThatIsNeitherDirectoryNorAddressIsRefusedWhenUsed(String mirror) {
        DatasetCache cache = new FileDatasetCache(folder, mirror);
        assertThatThrownBy(() -> fetch(cache, club(), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("aitia.datasets.mirror has '" + mirror
                        + "', which is neither a directory nor an http or https address: ");
    }

    @Test
    void filesKeepTheirFoldersBelowTheCollection() {
        server.file("/DE/edges.csv", CONTENT);
        RemoteFile nested = new RemoteFile("twitch/DE/edges.csv", server.address("/DE/edges.csv"), Optional.empty());
        assertThat(fetch(cache(""), nested, TaskMonitor.NONE))
                .isEqualTo(folder.resolve("data/datasets/karate/DE/edges.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../club.txt", "karate/../../club.txt", "/etc/passwd", "karate//club.txt", "a\\b", ""})
    void pathThatLeavesTheCacheIsRefused(String path) {
        RemoteFile file = new RemoteFile(path, server.address("/files/club.txt"), Optional.empty());
        assertThatThrownBy(() -> fetch(cache(""), file, TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is not a relative path below a mirror");
    }

    @Test
    void cancellingADownloadKeepsItsPartForNextTime() throws IOException {
        server.then(server.stallAfter(100_000)).then(server.whole());
        RecordingMonitor monitor = new RecordingMonitor(1);
        assertThatThrownBy(() -> fetch(cache(""), club(), monitor)).isInstanceOf(CancelledException.class);
        assertThat(filesInCache()).containsExactly("club.txt.part", "club.txt.part.from");
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
    }

    @Test
    void folderThatCannotBeWrittenIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.write(folder.resolve("data/datasets"), new byte[0]); // a file where a folder should be
        assertThatThrownBy(() -> fetch(cache(""), club(), TaskMonitor.NONE))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("cannot write " + folder.resolve("data/datasets/karate") + ": ")
                .hasMessageEndingWith("; make room, or choose another data directory with AITIA_DATA=<directory>");
    }

    @Test
    void fullDiskIsSaidAndNothingHalfWrittenIsPublished() throws IOException {
        Configuration small =
                Configuration.unix().toBuilder().setMaxSize(CONTENT.length / 2).build();
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            Path datasets = disk.getPath("/data");
            DatasetCache cache = new FileDatasetCache(() -> CacheSettings.of(datasets, List.of(), false));
            assertThatThrownBy(() -> fetch(cache, club(), TaskMonitor.NONE))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("cannot write /data/karate/club.txt.part: out of disk space; make room, or choose"
                            + " another data directory with AITIA_DATA=<directory>");
            assertThat(datasets.resolve("karate/club.txt")).doesNotExist();
        }
    }

    @Test
    void threadsAndInstancesThatFetchAtOnceDownloadOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            // two instances, as after an update of the bundle while the old one is still at work
            List<DatasetCache> caches = List.of(cache(""), cache(""));
            List<Future<Path>> paths = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                DatasetCache cache = caches.get(i % 2);
                paths.add(threads.submit(() -> fetch(cache, club(), TaskMonitor.NONE)));
            }
            for (Future<Path> path : paths) {
                assertThat(path.get()).isEqualTo(cached());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void waitingForAnotherProcessIsToldAndCanBeCancelled() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        cached().getParent().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.getInputStream().read()).isEqualTo('L'); // it holds the lock now
            RecordingMonitor monitor = new RecordingMonitor();
            Thread canceller = new Thread(() -> {
                while (monitor.messages.isEmpty()) {
                    Thread.onSpinWait();
                }
                monitor.cancel();
            });
            canceller.start();
            assertThatThrownBy(() -> fetch(cache(""), club(), monitor)).isInstanceOf(CancelledException.class);
            canceller.join();
            assertThat(monitor.messages).containsExactly("waiting for another download into " + cached().getParent());
            assertThat(server.requests()).isEmpty();
        } finally {
            other.destroyForcibly().waitFor();
        }
        // its lock died with it
        assertThat(fetch(cache(""), club(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
    }

    /** Another process: locks a folder, says so and waits to be killed. */
    static final class LockHolder {
        public static void main(String[] arguments) throws Exception {
            try (FolderLock lock = FolderLock.acquire(Path.of(arguments[0]), TaskMonitor.NONE)) {
                System.out.print("L");
                System.out.flush();
                System.in.read();
            }
        }
    }
}
