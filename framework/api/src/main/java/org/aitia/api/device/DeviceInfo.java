package org.aitia.api.device;

import ai.djl.Device;

/**
 * A device and what it is doing at the moment of the question.
 *
 * @param id name that requests and listings use: {@code cpu}, {@code gpu0}, {@code gpu1}, ...
 * @param device the device as the tensor engine knows it
 * @param description for people, for example the processor's name
 * @param lanes how many leases it serves at once: threads of computation on a CPU, 1 or more on a GPU
 * @param lanesInUse leases that are held
 * @param memoryBytes memory that leases may share
 * @param memoryLeasedBytes sum of the budgets of the leases that are held
 * @param queued requests that wait for it
 */
public record DeviceInfo(
        String id,
        Device device,
        String description,
        int lanes,
        int lanesInUse,
        long memoryBytes,
        long memoryLeasedBytes,
        int queued) {}
