package org.aitia.device.manager.internal;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The machine as this process may use it: a container's limits, where there are any, not the hardware's.
 *
 * @param processor name of the processor
 * @param cores how many threads can run at once
 * @param memory bytes in all
 * @param heap the most that the Java heap may grow to
 */
record Machine(String processor, int cores, long memory, long heap) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** Looks at this machine. The JDK knows about control groups. */
    static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                Runtime.getRuntime().maxMemory());
    }

    /**
     * What native arrays can have. A heap that may grow over everything seldom does, so a quarter always counts as
     * theirs.
     */
    long memoryOutsideHeap() {
        return Math.max(memory - heap, memory / 4);
    }

    private static String processorName() {
        String architecture = System.getProperty("os.arch");
        if (!Files.isReadable(CPU_INFO)) {
            return architecture;
        }
        try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException | java.io.UncheckedIOException e) {
            // only a nicer name is lost
            return architecture;
        }
    }
}
