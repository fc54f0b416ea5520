package org.aitia.dataset.usergraph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aitia.api.Seeds;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeNpzTest {
    private static final int NODES = 100_000;
    private static final int DEGREE = 5;
    private static final int FEATURES = 100;

    @TempDir
    Path temp;

    /** The features alone are 38 MiB; the edges take a few while they are sorted. */
    @Test
    void graphWhoseFeaturesAreLargerThanTheHeapIsLoaded() throws IOException, InterruptedException {
        Path file = write();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx36m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loading.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("loaded " + NODES + " nodes and " + NODES * DEGREE + " edges");
    }

    private Path write() {
        RandomGenerator random = Seeds.generator(1);
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("x", UserFiles.npy("<f4", NODES + ", " + FEATURES, 4 * NODES * FEATURES, out -> {
            for (int i = 0; i < NODES * FEATURES; i++) {
                out.putFloat(random.nextFloat());
            }
        }));
        arrays.put("edge_index", UserFiles.npy("<i8", "2, " + NODES * DEGREE, 16 * NODES * DEGREE, out -> {
            for (int i = 0; i < NODES * DEGREE; i++) { // backwards, so that there is something to sort
                out.putLong((NODES - 1 - i % NODES + 7 * (i / NODES + 1)) % NODES);
            }
            for (int i = 0; i < NODES * DEGREE; i++) {
                out.putLong(NODES - 1 - i % NODES);
            }
        }));
        return UserFiles.npz(temp.resolve("large.npz"), arrays, false);
    }

    /** What runs in a small heap. */
    static final class Loading {
        private Loading() {}

        public static void main(String[] args) {
            Dataset dataset = UserFiles.load(Path.of(args[0]));
            ComputationGraph part = ComputationGraph.of(dataset.graph(), NODES / 2, 2);
            if (part.nodeCount() < DEGREE || !dataset.digest().startsWith("sha256:")) {
                throw new AssertionError(part);
            }
            System.out.println("loaded " + dataset.graph().nodeCount() + " nodes and "
                    + dataset.graph().edgeCount() + " edges");
        }
    }
}
