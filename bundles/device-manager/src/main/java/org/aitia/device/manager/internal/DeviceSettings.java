package org.aitia.device.manager.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.api.InvalidRequestException;

/**
 * How devices are shared, read and checked.
 *
 * @param cpuLanes leases that the CPU serves at once
 * @param cpuMemory bytes that they share
 * @param gpuLanes leases that each GPU serves at once
 * @param gpuReserve what is left free on a GPU; as text because per cent refer to the GPU
 * @param grace how long leases may go on when the manager stops
 * @param revocation how long the manager then waits for the holders of revoked leases to notice
 */
record DeviceSettings(
        int cpuLanes, long cpuMemory, int gpuLanes, String gpuReserve, Duration grace, Duration revocation) {
    static final String CPU_LANES = "aitia.cpu.lanes";
    static final String CPU_MEMORY = "aitia.cpu.memory";
    static final String GPU_LANES = "aitia.gpu.lanes";
    static final String GPU_RESERVE = "aitia.gpu.reserve";
    static final String GRACE_SECONDS = "aitia.device.grace.seconds";

    static final String DEFAULT_CPU_MEMORY = "50%";
    // the CUDA context, cuBLAS workspaces and the allocator's fragments
    static final String DEFAULT_GPU_RESERVE = "1GiB";
    static final int DEFAULT_GRACE_SECONDS = 10;

    // work is asked to look at its lease about once per second
    private static final Duration REVOCATION = Duration.ofSeconds(5);

    private static final int MOST_LANES = 1024;
    private static final int LONGEST_GRACE = 3600;

    /**
     * Reads the settings.
     *
     * @param lookup finds the text of a key, where it is set
     * @param machine gives the defaults
     */
    static DeviceSettings read(Function<String, Optional<String>> lookup, Machine machine) {
        Function<String, Optional<String>> set = key -> lookup.apply(key).filter(text -> !text.isBlank());
        int cpuLanes = number(set, CPU_LANES, machine.cores(), 1, MOST_LANES);
        long outside = machine.memoryOutsideHeap();
        String memory = set.apply(CPU_MEMORY).orElse(DEFAULT_CPU_MEMORY);
        long cpuMemory = Sizes.parse(memory, outside)
                .filter(bytes -> bytes >= cpuLanes)
                .orElseThrow(() -> badSize(CPU_MEMORY, "of the memory outside the Java heap", memory));
        String reserve = set.apply(GPU_RESERVE).orElse(DEFAULT_GPU_RESERVE);
        if (Sizes.parse(reserve, 1).isEmpty()) {
            throw badSize(GPU_RESERVE, "of the GPU's memory", reserve);
        }
        return new DeviceSettings(
                cpuLanes,
                cpuMemory,
                number(set, GPU_LANES, 1, 1, MOST_LANES),
                reserve,
                Duration.ofSeconds(number(set, GRACE_SECONDS, DEFAULT_GRACE_SECONDS, 0, LONGEST_GRACE)),
                REVOCATION);
    }

    private static int number(Function<String, Optional<String>> set, String key, int otherwise, int least, int most) {
        Optional<String> text = set.apply(key).map(String::strip);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the same message as for a number out of range
        }
        throw new InvalidRequestException("%s must be a whole number from %d to %d, but is '%s'; correct or remove it"
                .formatted(key, least, most, text.get()));
    }

    private static InvalidRequestException badSize(String key, String whole, String text) {
        return new InvalidRequestException(
                "%s must be an amount of memory such as 4GiB, or per cent %s such as 50%%, but is '%s'; correct or remove it"
                        .formatted(key, whole, text));
    }
}
