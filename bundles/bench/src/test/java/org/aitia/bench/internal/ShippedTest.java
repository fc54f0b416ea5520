package org.aitia.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.api.NotFoundException;
import org.aitia.api.bench.Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedTest {
    private static final Path SOURCES = Path.of("src/main/resources", Shipped.DIRECTORY);

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.sorted().toList().stream();
        }
    }

    private static Shipped shipped() throws IOException {
        Map<String, URL> urls = files().collect(Collectors.toMap(
                file -> String.valueOf(file.getFileName()).replace(Shipped.ENDING, ""), ShippedTest::url));
        return new Shipped(urls);
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySuiteOfTheProductCanBeRead(Path file) throws IOException {
        String name = String.valueOf(file.getFileName()).replace(Shipped.ENDING, "");

        Suite suite = shipped().suite(name);

        assertThat(suite.name()).isEqualTo(name);
        assertThat(suite.title()).isNotEqualTo(name);
        assertThat(Plan.of(org.aitia.api.bench.BenchRequest.of(suite, Path.of("out")))
                        .cells())
                .isNotEmpty();
    }

    @Test
    void suitesAreListedByName() throws IOException {
        assertThat(shipped().all()).extracting(Suite::name).contains("quick").isSorted();
    }

    @Test
    void namesThatAreNoneAreMatchedToThoseThatAre() {
        assertThatThrownBy(() -> shipped().suite("quik"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown suite 'quik'; did you mean 'quick'?");
    }
}
