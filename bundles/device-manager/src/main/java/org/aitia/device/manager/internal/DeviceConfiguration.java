package org.aitia.device.manager.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Describes the configuration to Metatype. It declares no defaults on purpose: what is not configured is looked up as
 * a framework property, and only then has its default.
 */
@ObjectClassDefinition(
        name = "Aitia devices",
        description = "How CPU and GPUs are shared. Framework properties of the same names are the defaults."
                + " A change revokes the leases that are held, after the grace period.")
@SuppressWarnings("MemberName") // the names are the keys: aitia_cpu_lanes is aitia.cpu.lanes
@interface DeviceConfiguration {
    @AttributeDefinition(
            name = "CPU lanes",
            description = "Leases that the CPU serves at once, one computing thread each. Default: the cores.",
            type = AttributeType.INTEGER,
            min = "1",
            max = "1024",
            required = false)
    int aitia_cpu_lanes();

    @AttributeDefinition(
            name = "CPU memory",
            description = "What the CPU's leases share: per cent of the memory outside the Java heap, or an amount such"
                    + " as 4GiB. Default: 50%.",
            required = false)
    String aitia_cpu_memory();

    @AttributeDefinition(
            name = "GPU lanes",
            description = "Leases that each GPU serves at once. Default: 1.",
            type = AttributeType.INTEGER,
            min = "1",
            max = "1024",
            required = false)
    int aitia_gpu_lanes();

    @AttributeDefinition(
            name = "GPU reserve",
            description = "What leases leave free of the memory that is free on a GPU at the start: an amount, or per"
                    + " cent of the GPU's memory. Default: 1GiB.",
            required = false)
    String aitia_gpu_reserve();

    @AttributeDefinition(
            name = "Grace period",
            description = "Seconds that leases may go on when devices are stopped. Default: 10.",
            type = AttributeType.INTEGER,
            min = "0",
            max = "3600",
            required = false)
    int aitia_device_grace_seconds();
}
