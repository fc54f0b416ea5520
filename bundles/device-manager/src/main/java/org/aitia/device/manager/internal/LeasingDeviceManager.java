package org.aitia.device.manager.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.api.CancelledException;
import org.aitia.api.DeviceException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseInfo;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.engine.GpuMemory;
import org.aitia.api.engine.TensorEngine;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the devices once, at the start, and leases them until it is closed.
 *
 * <p>Closing goes in steps: nobody new gets a lease and who waits is refused; leases go on for the grace period; those
 * that are left are revoked, which their holders notice at their next look; after a bounded wait for that, the manager
 * gives up waiting but never frees memory under a holder that may be inside native code.
 */
// immediate: a delayed component ends with its last user, and takes all leases along
@Component(service = DeviceManager.class, immediate = true, configurationPid = LeasingDeviceManager.PID)
@Designate(ocd = DeviceConfiguration.class)
public final class LeasingDeviceManager implements DeviceManager, AutoCloseable {
    static final String PID = "org.aitia.device.manager";

    private static final Logger LOG = LoggerFactory.getLogger(LeasingDeviceManager.class);

    private final TensorEngine engine;
    private final DeviceSettings settings;
    private final TimeSource time;
    // GPUs first, the CPU last
    private final List<ManagedDevice> devices;
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();

    /** For use without OSGi: finds the engine with {@link ServiceLoader}, the settings in system properties. */
    public LeasingDeviceManager() {
        this(
                engineOnClassPath(),
                Machine.here(),
                machine -> DeviceSettings.read(key -> Optional.ofNullable(System.getProperty(key)), machine));
    }

    /**
     * For OSGi.
     *
     * @param engine what computes
     * @param context for framework properties, the defaults
     * @param properties the configuration
     */
    @Activate
    public LeasingDeviceManager(@Reference TensorEngine engine, BundleContext context, Map<String, Object> properties) {
        this(engine, Machine.here(), machine -> settings(context, properties, machine));
    }

    private LeasingDeviceManager(TensorEngine engine, Machine machine, Function<Machine, DeviceSettings> settings) {
        this(engine, machine, settings.apply(machine), TimeSource.SYSTEM);
    }

    LeasingDeviceManager(TensorEngine engine, Machine machine, DeviceSettings settings, TimeSource time) {
        this.engine = engine;
        this.settings = settings;
        this.time = time;
        List<ManagedDevice> found = new ArrayList<>(gpus());
        found.add(new ManagedDevice(
                Device.cpu(),
                "%s, %d cores".formatted(machine.processor(), machine.cores()),
                new DeviceLedger("cpu", settings.cpuLanes(), settings.cpuMemory(), time)));
        this.devices = List.copyOf(found);
        devices.forEach(d -> LOG.info(
                "{}: {}, {} lanes, {} for leases",
                d.id(),
                d.description(),
                d.ledger().lanes(),
                Sizes.format(d.ledger().memory())));
    }

    @Override
    public List<DeviceInfo> devices() {
        return devices.stream().map(ManagedDevice::info).toList();
    }

    @Override
    public List<LeaseInfo> leases() {
        return devices.stream()
                .flatMap(d -> d.ledger().snapshot().holdings().stream()
                        .map(h -> new LeaseInfo(h.leaseId(), d.id(), h.purpose(), h.bytes(), h.since())))
                .sorted(Comparator.comparing(LeaseInfo::since))
                .toList();
    }

    @Override
    public DeviceLease acquire(LeaseRequest request, TaskMonitor monitor) {
        long asked = time.nanos(); // before it can be seen in the queue: from then on time counts
        if (closing.get()) {
            throw stopping(request);
        }
        ManagedDevice device = choose(request);
        DeviceLedger ledger = device.ledger();
        long bytes = request.memoryBytes() == 0 ? ledger.equalShare() : request.memoryBytes();
        if (bytes > ledger.memory()) {
            throw tooLarge(request, device);
        }
        if (monitor.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw cancelled(request, device);
        }
        Ticket ticket = ledger.request(request.purpose(), bytes);
        Optional<Lease> lease = Optional.empty();
        try {
            awaitGrant(request, asked, monitor, device, ticket);
            lease = Optional.of(open(device, ticket));
        } finally {
            if (lease.isEmpty()) {
                ledger.end(ticket);
            }
        }
        if (closing.get()) {
            // close() may have looked at the leases before this one was among them
            lease.get().close();
            throw stopping(request);
        }
        return lease.get();
    }

    /** Stops leasing; returns when all leases are closed or the waiting for their holders is over. */
    @Override
    @Deactivate
    public void close() {
        long graceEnds = time.nanos() + nanos(settings.grace());
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        devices.forEach(d -> d.ledger().close());
        if (awaitIdle(graceEnds)) {
            return;
        }
        LOG.info("revoking leases that outlived the grace period of {}: {}", Sizes.format(settings.grace()), held());
        long patienceEnds = time.nanos() + nanos(settings.revocation());
        leases.forEach(Lease::revoke);
        if (!awaitIdle(patienceEnds)) {
            LOG.warn(
                    "these leases were revoked but their holders have not closed them yet; their memory stays in use until they do: {}",
                    held());
        }
    }

    private void awaitGrant(
            LeaseRequest request, long asked, TaskMonitor monitor, ManagedDevice device, Ticket ticket) {
        long patience = nanos(request.timeout());
        boolean told = false;
        while (ticket.state() == Ticket.State.WAITING) {
            if (monitor.isCancelled()) {
                throw cancelled(request, device);
            }
            long left = patience - (time.nanos() - asked);
            if (left <= 0) {
                throw timedOut(request, device, ticket);
            }
            if (!told) {
                monitor.progress("waiting for " + device.id(), 0, -1);
                told = true;
            }
            try {
                ticket.await(Math.min(left, DeviceLedger.POLL_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw cancelled(request, device);
            }
        }
        if (ticket.state() == Ticket.State.REFUSED) {
            throw stopping(request);
        }
    }

    private Lease open(ManagedDevice device, Ticket ticket) {
        NDManager manager = engine.newManager(device.device());
        Lease lease = new Lease(ticket.holding(), device.id(), engine, manager, closed -> {
            leases.remove(closed);
            device.ledger().end(ticket);
        });
        leases.add(lease);
        return lease;
    }

    private ManagedDevice choose(LeaseRequest request) {
        if (request.deviceId().isPresent()) {
            String id = request.deviceId().get();
            return devices.stream()
                    .filter(d -> d.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> NotFoundException.of(
                            "device",
                            id,
                            devices.stream().map(ManagedDevice::id).toList()));
        }
        List<ManagedDevice> gpus = devices.stream().filter(ManagedDevice::isGpu).toList();
        // the first of the least loaded; one that is too small only if all are, so that the refusal names a GPU
        Comparator<ManagedDevice> tooSmall =
                Comparator.comparing(d -> request.memoryBytes() > d.ledger().memory());
        return gpus.stream()
                .min(tooSmall.thenComparing(ManagedDevice::load))
                .orElseGet(() -> devices.get(devices.size() - 1));
    }

    private List<ManagedDevice> gpus() {
        List<ManagedDevice> usable = new ArrayList<>();
        for (Device gpu : engine.gpus()) {
            String id = "gpu" + gpu.getDeviceId();
            try {
                GpuMemory memory = engine.gpuMemory(gpu);
                // read and checked with the settings
                long reserve =
                        Sizes.parse(settings.gpuReserve(), memory.totalBytes()).orElseThrow();
                // what is not free belongs to others on this machine
                long forLeases = Math.min(memory.freeBytes(), memory.totalBytes()) - reserve;
                if (forLeases < settings.gpuLanes()) {
                    LOG.warn(
                            "{} is left out: only {} of its {} are free, and {} are kept in reserve ({})",
                            id,
                            Sizes.format(memory.freeBytes()),
                            Sizes.format(memory.totalBytes()),
                            Sizes.format(reserve),
                            DeviceSettings.GPU_RESERVE);
                    continue;
                }
                usable.add(new ManagedDevice(
                        gpu,
                        "GPU %d, %s".formatted(gpu.getDeviceId(), Sizes.format(memory.totalBytes())),
                        new DeviceLedger(id, settings.gpuLanes(), forLeases, time)));
            } catch (DeviceException e) {
                LOG.warn("{} is left out: {}", id, e.getMessage());
            }
        }
        return usable;
    }

    private boolean awaitIdle(long deadline) {
        try {
            for (ManagedDevice device : devices) {
                if (!device.ledger().awaitIdle(deadline)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            // whoever stops us is in a hurry
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String held() {
        return leases.stream().map(Lease::toString).sorted().collect(Collectors.joining(", "));
    }

    private static long nanos(Duration duration) {
        // a wait of centuries is a wait without end
        return duration.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE / 4 : duration.toNanos();
    }

    private static DeviceSettings settings(BundleContext context, Map<String, Object> properties, Machine machine) {
        try {
            return DeviceSettings.read(
                    key -> Optional.ofNullable(properties.get(key))
                            .map(Object::toString)
                            .filter(text -> !text.isBlank())
                            .or(() -> Optional.ofNullable(context.getProperty(key))),
                    machine);
        } catch (InvalidRequestException e) {
            // a typing error must not take the whole platform down: without devices nothing works
            LOG.error("{}; until then all devices have their default settings", e.getMessage());
            return DeviceSettings.read(key -> Optional.empty(), machine);
        }
    }

    private static TensorEngine engineOnClassPath() {
        return ServiceLoader.load(TensorEngine.class)
                .findFirst()
                .orElseThrow(() -> new DeviceException(
                        "no tensor engine is on the class path; add org.aitia.engine.pytorch and its libraries"));
    }

    private static DeviceException stopping(LeaseRequest request) {
        return new DeviceException("no lease for '%s': the devices are being stopped; try again when they are back"
                .formatted(request.purpose()));
    }

    private static CancelledException cancelled(LeaseRequest request, ManagedDevice device) {
        return new CancelledException(
                "'%s' was cancelled while waiting for %s".formatted(request.purpose(), device.id()));
    }

    private static InvalidRequestException tooLarge(LeaseRequest request, ManagedDevice device) {
        return new InvalidRequestException("'%s' asks for %s, but %s has %s for leases; ask for less%s"
                .formatted(
                        request.purpose(),
                        Sizes.format(request.memoryBytes()),
                        device.id(),
                        Sizes.format(device.ledger().memory()),
                        device.isGpu()
                                ? ", use cpu, or lower " + DeviceSettings.GPU_RESERVE
                                : ", or raise " + DeviceSettings.CPU_MEMORY));
    }

    private static DeviceException timedOut(LeaseRequest request, ManagedDevice device, Ticket ticket) {
        return new DeviceException("'%s' got no lane of %s with %s within %s (%s); wait longer, or cancel what holds it"
                .formatted(
                        request.purpose(),
                        device.id(),
                        Sizes.format(ticket.bytes()),
                        Sizes.format(request.timeout()),
                        device.ledger().situation(ticket)));
    }
}
