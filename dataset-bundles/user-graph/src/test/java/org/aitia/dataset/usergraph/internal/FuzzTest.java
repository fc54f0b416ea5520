package org.aitia.dataset.usergraph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.AitiaException;
import org.aitia.api.Seeds;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes a file has: it loads, or one clear line names it; never anything else, and never for long. */
class FuzzTest {
    private static final int ROUNDS = 60; // of damages per seed
    private static final String NODES =
            "id,age,city,label,split\n0,1.5,Rome,a,train\n1,2,Oslo,b,test\n2,3,Rome,a,val\n";
    private static final String EDGES = "source,target,weight,kind\n0,1,0.5,x\n1,2,2,y\n";
    private static final String JSON =
            "{\"directed\": false, \"nodes\": {\"columns\": {\"age\": {\"kind\": \"numeric\", \"missing\": \"mean\"}}}}";
    private static final String GRAPHML = """
            <graphml><key id="a" for="node" attr.name="age"><default>1</default></key>
            <graph edgedefault="directed"><node id="0"><data key="a">2</data></node><node id="1"/>
            <edge source="0" target="1"/></graph></graphml>
            """;

    @TempDir
    Path temp;

    static IntStream seeds() {
        return IntStream.range(0, 5);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] damaged(byte[] whole, RandomGenerator random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length)); // truncated
            case 1 -> { // flipped bits
                for (int i = 0; i <= random.nextInt(8); i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> { // reordered
                int half = random.nextInt(bytes.length);
                System.arraycopy(whole, half, bytes, 0, bytes.length - half);
                System.arraycopy(whole, 0, bytes, bytes.length - half, half);
            }
            case 3 -> { // huge and negative counts, quotes, ends of lines
                byte[] odd = text(
                        switch (random.nextInt(6)) {
                            case 0 -> "99999999999999";
                            case 1 -> "-1";
                            case 2 -> "\"";
                            case 3 -> "\r\n\r";
                            case 4 -> ",,,";
                            default -> "\u0000\ufeff";
                        });
                int at = random.nextInt(bytes.length);
                byte[] longer = Arrays.copyOf(bytes, bytes.length + odd.length);
                System.arraycopy(odd, 0, longer, at, odd.length);
                System.arraycopy(bytes, at, longer, at + odd.length, bytes.length - at);
                bytes = longer;
            }
            default -> random.nextBytes(bytes);
        }
        return bytes;
    }

    private static void assertLoadsOrSaysWhy(Path path, String damage) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                UserFiles.load(path);
            } catch (AitiaException e) {
                assertThat(e.getMessage()).as(damage).isNotBlank().doesNotContain("\n");
            } catch (RuntimeException | Error e) {
                throw new AssertionError(damage, e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedTablesGiveClearErrors(int seed) throws IOException {
        RandomGenerator random = Seeds.generator(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String which = new String[] {"nodes.csv", "edges.csv", "graph.json"}[round % 3];
            UserFiles.folder(temp, "nodes.csv", NODES, "edges.csv", EDGES, "graph.json", JSON);
            byte[] bytes = damaged(Files.readAllBytes(temp.resolve(which)), random);
            Files.write(temp.resolve(which), bytes);
            assertLoadsOrSaysWhy(temp, "seed " + seed + ", round " + round + ", " + which);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedGraphMlGivesClearErrors(int seed) throws IOException {
        RandomGenerator random = Seeds.generator(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Path file = temp.resolve("g.graphml");
            Files.write(file, damaged(text(GRAPHML), random));
            assertLoadsOrSaysWhy(file, "seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedArchivesGiveClearErrors(int seed) throws IOException {
        RandomGenerator random = Seeds.generator(seed);
        Map<String, byte[]> tables = new LinkedHashMap<>();
        tables.put("nodes.csv", text(NODES));
        tables.put("edges.csv", text(EDGES));
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("x", UserFiles.floats("3, 2", 1, 2, 3, 4, 5, 6));
        arrays.put("edge_index", UserFiles.longs("2, 3", 0, 1, 2, 1, 2, 0));
        arrays.put("y", UserFiles.ints("3,", 0, 1, 0));
        for (int round = 0; round < ROUNDS; round++) {
            boolean compressed = random.nextBoolean();
            Path zip = UserFiles.zip(temp.resolve("g.zip"), tables, compressed);
            Path npz = UserFiles.npz(temp.resolve("g.npz"), arrays, compressed);
            for (Path file : new Path[] {zip, npz}) {
                Files.write(file, damaged(Files.readAllBytes(file), random));
                assertLoadsOrSaysWhy(file, "seed " + seed + ", round " + round + ", " + file);
            }
        }
    }

    /** Damage inside an array, which an archive's checksum would hide. */
    @ParameterizedTest
    @MethodSource("seeds")
    void damagedArraysGiveClearErrors(int seed) {
        RandomGenerator random = Seeds.generator(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, byte[]> arrays = new LinkedHashMap<>();
            arrays.put("x", UserFiles.floats("3, 2", 1, 2, 3, 4, 5, 6));
            arrays.put("edge_index", UserFiles.longs("2, 3", 0, 1, 2, 1, 2, 0));
            arrays.put("y", UserFiles.ints("3,", 0, 1, 0));
            arrays.put("edge_attr", UserFiles.floats("3, 1", 1, 2, 3));
            String which = arrays.keySet().toArray(new String[0])[round % 4];
            arrays.put(which, damaged(arrays.get(which), random));
            Path file = UserFiles.npz(temp.resolve("a.npz"), arrays, false);
            assertLoadsOrSaysWhy(file, "seed " + seed + ", round " + round + ", " + which);
        }
    }
}
