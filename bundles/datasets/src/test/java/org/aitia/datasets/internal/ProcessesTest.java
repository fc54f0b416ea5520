package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Downloads in processes of their own. */
class ProcessesTest extends CacheFixture {
    private static final int KILLS = 5;

    /** Another process: fetches one file into a cache. Arguments: data directory, address, published checksum or -. */
    static final class Fetcher {
        public static void main(String[] arguments) {
            Optional<String> checksum = Optional.of(arguments[2]).filter(text -> !text.equals("-"));
            RemoteFile file = new RemoteFile("karate/club.txt", URI.create(arguments[1]), checksum);
            new FileDatasetCache(Path.of(arguments[0]), "").fetch(KARATE, List.of(file), TaskMonitor.NONE);
        }
    }

    private Process fetcher(String checksum) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fetcher.class.getName(),
                        folder.resolve("data").toString(),
                        server.address("/files/club.txt").toString(),
                        checksum)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    @Timeout(60)
    void killedDownloadNeverLeavesAWrongFileAndIsContinued() throws Exception {
        long seed = System.nanoTime();
        RandomGenerator random = Seeds.generator(seed);
        int step = CONTENT.length / (KILLS + 1);
        Path part = cached().resolveSibling("club.txt.part");
        for (int kill = 1; kill <= KILLS; kill++) {
            int at = (kill - 1) * step + 1 + random.nextInt(step);
            server.only(server.trickle(at + step / 2));
            Process process = fetcher("-");
            try {
                while (!Files.exists(part) || Files.size(part) < at) {
                    assertThat(process.isAlive()).as("seed %s", seed).isTrue();
                    Thread.sleep(1);
                }
                Thread.sleep(random.nextInt(40)); // it goes on meanwhile
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(cached())
                    .as("after a kill at byte %s, seed %s", at, seed)
                    .doesNotExist();
        }
        server.only(server.whole());
        int before = server.requests().size();
        assertThat(fetch(cache(""), unpinned(), TaskMonitor.NONE)).hasBinaryContent(CONTENT);
        assertThat(server.requests().subList(before, server.requests().size()))
                .as("only the rest was asked for")
                .singleElement()
                .asString()
                .matches("/files/club.txt bytes=[1-9]\\d*-");
        assertThat(filesInCache()).containsExactly("club.txt", "club.txt.sha256");
    }

    @Test
    @Timeout(60)
    void processesThatFetchAtOnceDownloadOnce() throws Exception {
        server.only(server.trickle(CONTENT.length));
        Process one = fetcher(sha256(CONTENT));
        Process two = fetcher(sha256(CONTENT));
        try {
            assertThat(one.waitFor()).isZero();
            assertThat(two.waitFor()).isZero();
        } finally {
            one.destroyForcibly();
            two.destroyForcibly();
        }
        assertThat(cached()).hasBinaryContent(CONTENT);
        assertThat(server.requests()).hasSize(1);
    }
}
