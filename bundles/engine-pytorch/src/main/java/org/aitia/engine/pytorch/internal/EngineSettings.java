package org.aitia.engine.pytorch.internal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.aitia.api.InvalidRequestException;

/**
 * Where libtorch comes from and how it is set up.
 *
 * @param library directory of an unpacked libtorch, which wins over everything else
 * @param jar a jar with libtorch in it, as Maven Central has them
 * @param cache where jars are unpacked to; DJL's own cache where absent
 * @param flavor {@code cpu} or for example {@code cu128}; found from the files where absent
 * @param version of libtorch, for {@code library}; DJL's default where absent
 * @param threads that one operation may use
 */
record EngineSettings(
        Optional<Path> library,
        Optional<Path> jar,
        Optional<Path> cache,
        Optional<String> flavor,
        Optional<String> version,
        int threads) {
    static final String LIBRARY = "aitia.pytorch.library.path";
    static final String JAR = "aitia.natives.jar";
    static final String CACHE = "aitia.natives.dir";
    static final String DATA = "aitia.data";
    static final String FLAVOR = "aitia.pytorch.flavor";
    static final String VERSION = "aitia.pytorch.version";
    static final String THREADS = "aitia.cpu.threads.per.lane";

    /**
     * Reads the settings.
     *
     * @param properties framework or system properties, null for an absent one
     * @param environment environment variables, null for an absent one
     * @return the settings
     */
    static EngineSettings of(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        Optional<Path> cache = first(properties, CACHE)
                .map(Path::of)
                .or(() -> first(properties, DATA).map(data -> Path.of(data, "natives")));
        return new EngineSettings(
                // DJL itself reads these variables of the environment, before any property.
                first(environment, "PYTORCH_LIBRARY_PATH")
                        .or(() -> first(properties, LIBRARY))
                        .or(() -> first(properties, "PYTORCH_LIBRARY_PATH"))
                        .map(Path::of),
                first(properties, JAR).map(Path::of),
                cache,
                first(environment, "PYTORCH_FLAVOR").or(() -> first(properties, FLAVOR)),
                first(environment, "PYTORCH_VERSION").or(() -> first(properties, VERSION)),
                threads(first(properties, THREADS).orElse("1")));
    }

    private static Optional<String> first(UnaryOperator<String> source, String name) {
        return Optional.ofNullable(source.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static int threads(String value) {
        try {
            int threads = Integer.parseInt(value);
            if (threads > 0) {
                return threads;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new InvalidRequestException(
                "The property " + THREADS + " is a number of threads, 1 or more; found " + value + ".");
    }
}
