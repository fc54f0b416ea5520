package org.aitia.testkit.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Public data and reference numbers that are not part of the project, where the machine that runs the tests has them: in
 * the directory that the system property {@code aitia.shared} names. Tests that ask for a file that is not there are
 * skipped, and say which it is.
 */
public final class SharedFiles {
    private SharedFiles() {}

    private static Path root() {
        return Path.of(System.getProperty("aitia.shared", "absent"));
    }

    /**
     * Returns the directory of data sets, laid out as a mirror.
     *
     * @return a path, whether it exists or not
     */
    public static Path datasets() {
        return root().resolve("datasets");
    }

    /**
     * Returns a file or directory of public data.
     *
     * @param path within the data sets
     * @return its path; the test is skipped if there is none
     */
    public static Path dataset(String path) {
        return required(datasets().resolve(path));
    }

    /**
     * Returns the directory of reference numbers.
     *
     * @return a path, whether it exists or not
     */
    public static Path references() {
        return root().resolve("reference");
    }

    /**
     * Returns a file of reference numbers.
     *
     * @param path within the references
     * @return its path; the test is skipped if there is none
     */
    public static Path reference(String path) {
        return required(references().resolve(path));
    }

    private static Path required(Path path) {
        assumeTrue(Files.exists(path), () -> "skipped: there is no " + path);
        return path;
    }
}
