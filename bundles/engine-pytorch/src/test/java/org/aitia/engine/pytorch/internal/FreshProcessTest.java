package org.aitia.engine.pytorch.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.Ec2Utils;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.api.engine.TensorEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an embedding host sees: a process without our settings, class path without OSGi. */
class FreshProcessTest {
    @TempDir
    Path directory;

    /** Starts the engine and prints what it found. */
    static final class Host {
        private Host() {}

        public static void main(String[] arguments) throws ReflectiveOperationException {
            // No constant: a class that is named here is not loaded before the engine starts.
            Map<Object, Object> before = settings();
            TensorEngine engine =
                    ServiceLoader.load(TensorEngine.class).findFirst().orElseThrow();
            Map<Object, Object> after = settings();
            after.entrySet().removeAll(before.entrySet());
            System.out.println("new properties=" + after);
            // DJL notes the time of its last report here, before it sends it.
            Field lastCheckIn = Ec2Utils.class.getDeclaredField("lastCheckIn");
            lastCheckIn.setAccessible(true);
            System.out.println("last report=" + lastCheckIn.getLong(null));
            try (NDManager manager = engine.newManager(Device.cpu())) {
                NDArray sum = manager.ones(new Shape(3)).sum();
                System.out.println("sum=" + sum.getFloat());
            }
        }

        private static Map<Object, Object> settings() {
            Map<Object, Object> settings = new TreeMap<>(System.getProperties());
            // Set by the JDK when it is asked for the time.
            settings.remove("user.timezone");
            return settings;
        }
    }

    private Process start(String... properties) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().contains("osgi"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", classPath, Host.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("OPT_OUT_TRACKING", "DJL_OFFLINE"));
        return builder.start();
    }

    private static String finish(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    @Test
    void sendsNoUsageDataAndLeavesNoProperties() throws IOException, InterruptedException {
        assertThat(finish(start()))
                .contains("last report=0")
                .contains("new properties={}")
                .contains("sum=3.0");
    }

    @Test
    void processesUnpackTheSameJarAtOnce() throws IOException, InterruptedException {
        String jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("pytorch-native"))
                .findFirst()
                .orElseThrow();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(start("-Daitia.natives.jar=" + jar, "-Daitia.data=" + directory));
        }
        for (Process process : processes) {
            assertThat(finish(process)).contains("sum=3.0").contains(directory.toString());
        }
        try (Stream<Path> entries = Files.list(directory.resolve("natives/pytorch"))) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .hasSize(2)
                    .contains("lock")
                    .anyMatch(name -> name.startsWith("2.7.1"));
        }
        Path libtorch;
        try (Stream<Path> entries = Files.list(directory.resolve("natives/pytorch"))) {
            libtorch = entries.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        try (Stream<Path> files = Files.list(libtorch)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("glue-"));
        }
        assertThat(finish(start("-Daitia.pytorch.library.path=" + libtorch, "-Daitia.data=" + directory)))
                .contains("sum=3.0")
                .contains("libtorch 2.7.1 (cpu) from " + libtorch);
    }
}
