package org.aitia.device.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.aitia.api.CancelledException;
import org.aitia.api.DeviceException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.LeaseInfo;
import org.aitia.api.device.LeaseRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;

@Timeout(120)
class LeasingDeviceManagerTest {
    private static final Machine MACHINE = new Machine("a processor", 8, 16_000, 4_000);
    private static final long GIB = 1L << 30;

    private final ManualTime time = new ManualTime();
    private final SimulatedEngine engine = new SimulatedEngine();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    // devices

    @Test
    void theCpuHasItsLanesAndMemory() {
        DeviceInfo cpu = manager(2, 1000).devices().get(0);

        assertThat(cpu.id()).isEqualTo("cpu");
        assertThat(cpu.device().isGpu()).isFalse();
        assertThat(cpu.description()).isEqualTo("a processor, 8 cores");
        assertThat(cpu.lanes()).isEqualTo(2);
        assertThat(cpu.memoryBytes()).isEqualTo(1000);
        assertThat(cpu.lanesInUse()).isZero();
        assertThat(cpu.memoryLeasedBytes()).isZero();
        assertThat(cpu.queued()).isZero();
    }

    @Test
    void gpusComeFirstWithWhatIsFreeLessTheReserve() {
        engine.withGpu(80 * GIB, 79 * GIB).withGpu(24 * GIB, 4 * GIB);

        List<DeviceInfo> devices = manager(2, 1000).devices();

        assertThat(devices).extracting(DeviceInfo::id).containsExactly("gpu0", "gpu1", "cpu");
        assertThat(devices).extracting(DeviceInfo::memoryBytes).containsExactly(78 * GIB, 3 * GIB, 1000L);
        assertThat(devices.get(0).description()).isEqualTo("GPU 0, 80.0 GiB");
    }

    @Test
    void aGpuWithoutFreeMemoryOrWithoutAnAnswerIsLeftOut() {
        engine.withBrokenGpu().withGpu(8 * GIB, GIB / 2).withGpu(8 * GIB, 8 * GIB);

        assertThat(manager(2, 1000).devices()).extracting(DeviceInfo::id).containsExactly("gpu2", "cpu");
    }

    @Test
    void aRequestForNoParticularDeviceGetsTheCpuWhereThereIsNoGpu() {
        try (DeviceLease lease = acquire(manager(2, 1000), LeaseRequest.of("train"))) {
            assertThat(lease.deviceId()).isEqualTo("cpu");
        }
    }

    @Test
    void aRequestForNoParticularDeviceGetsTheLeastLoadedGpu() {
        engine.withGpu(8 * GIB, 8 * GIB).withGpu(8 * GIB, 8 * GIB);
        LeasingDeviceManager manager = manager(2, 1000);

        try (DeviceLease first = acquire(manager, LeaseRequest.of("a"));
                DeviceLease second = acquire(manager, LeaseRequest.of("b"))) {
            assertThat(first.deviceId()).isEqualTo("gpu0");
            assertThat(first.manager().getDevice().isGpu()).isTrue();
            assertThat(second.deviceId()).isEqualTo("gpu1");
        }
    }

    @Test
    void aRequestForNoParticularDeviceAvoidsAGpuThatIsTooSmall() {
        engine.withGpu(4 * GIB, 4 * GIB).withGpu(8 * GIB, 8 * GIB);

        try (DeviceLease lease = acquire(manager(2, 1000), LeaseRequest.of("a").withMemory(6 * GIB))) {
            assertThat(lease.deviceId()).isEqualTo("gpu1");
        }
    }

    @Test
    void anUnknownDeviceIsRefusedWithSuggestions() {
        engine.withGpu(8 * GIB, 8 * GIB);
        LeasingDeviceManager manager = manager(2, 1000);

        assertThatThrownBy(() -> acquire(manager, LeaseRequest.of("train").on("gpu7")))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown device 'gpu7'; did you mean 'gpu0'?");
        assertThatThrownBy(() -> acquire(manager, LeaseRequest.of("train").on("tpu9000")))
                .hasMessageContaining("unknown device 'tpu9000'")
                .hasMessageContaining("cpu");
    }

    // leases

    @Test
    void aLeaseTellsWhatItIs() {
        try (DeviceLease lease = acquire(manager(2, 1000), LeaseRequest.of("train gcn"))) {
            assertThat(lease.id()).isEqualTo("cpu-1");
            assertThat(lease.purpose()).isEqualTo("train gcn");
            assertThat(lease.memoryBudget()).isEqualTo(500);
            assertThat(lease.engine()).isSameAs(engine.service());
            assertThat(lease.isValid()).isTrue();
            lease.checkValid();
        }
    }

    @Test
    void leasesAndDevicesAreListedWhileHeld() {
        engine.withGpu(8 * GIB, 8 * GIB);
        LeasingDeviceManager manager = manager(2, 1000);
        DeviceLease first = acquire(manager, LeaseRequest.of("train").on("cpu").withMemory(300));
        LeaseInfo firstInfo = manager.leases().get(0);
        time.advance(Duration.ofSeconds(1));
        DeviceLease second = acquire(manager, LeaseRequest.of("explain").on("gpu0"));

        assertThat(firstInfo.purpose()).isEqualTo("train");
        assertThat(firstInfo.memoryBytes()).isEqualTo(300);
        assertThat(manager.leases()).extracting(LeaseInfo::id).containsExactly("cpu-1", "gpu0-1");
        assertThat(manager.leases().get(1).since()).isEqualTo(firstInfo.since().plusSeconds(1));
        DeviceInfo cpu = manager.devices().get(1);
        assertThat(cpu.lanesInUse()).isEqualTo(1);
        assertThat(cpu.memoryLeasedBytes()).isEqualTo(300);

        first.close();
        second.close();
        assertThat(manager.leases()).isEmpty();
        assertThat(manager.devices()).allMatch(d -> d.lanesInUse() == 0 && d.memoryLeasedBytes() == 0);
    }

    @Test
    void closingALeaseFreesItsArraysOnce() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease lease = acquire(manager, LeaseRequest.of("train"));
        CountDownLatch together = new CountDownLatch(8);
        List<Future<?>> closers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closers.add(threads.submit(() -> {
                together.countDown();
                together.await();
                lease.close();
                return null;
            }));
        }
        for (Future<?> closer : closers) {
            closer.get();
        }
        lease.close();

        assertThat(engine.closed()).isEqualTo(1);
        assertThat(manager.devices().get(0).lanesInUse()).isZero();
    }

    @Test
    void aClosedLeaseCannotBeUsed() {
        DeviceLease lease = acquire(manager(1, 1000), LeaseRequest.of("train"));
        lease.close();

        assertThat(lease.isValid()).isFalse();
        assertThatThrownBy(lease::manager)
                .isInstanceOf(DeviceException.class)
                .hasMessage("lease cpu-1 on cpu for 'train' is closed; acquire a new one");
        assertThatThrownBy(lease::checkValid).isInstanceOf(DeviceException.class);
    }

    @Test
    void moreMemoryThanTheDeviceHasIsRefusedAtOnce() {
        engine.withGpu(4 * GIB, 4 * GIB);
        LeasingDeviceManager manager = manager(2, 1000);

        assertThatThrownBy(() ->
                        acquire(manager, LeaseRequest.of("train").on("cpu").withMemory(2048)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'train' asks for 2.0 KiB, but cpu has 1000 B for leases; ask for less,"
                        + " or raise aitia.cpu.memory");
        assertThatThrownBy(() -> acquire(manager, LeaseRequest.of("train").withMemory(4 * GIB)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("'train' asks for 4.0 GiB, but gpu0 has 3.0 GiB for leases; ask for less,"
                        + " use cpu, or lower aitia.gpu.reserve");
        assertThat(manager.devices()).allMatch(d -> d.queued() == 0);
    }

    @Test
    void aLeaseThatTheEngineCannotServeGivesItsLaneBack() {
        LeasingDeviceManager manager = manager(1, 1000);
        engine.setBroken(true);
        assertThatThrownBy(() -> acquire(manager, LeaseRequest.of("train"))).hasMessage("the engine is broken");
        engine.setBroken(false);

        acquire(manager, LeaseRequest.of("train").within(Duration.ZERO)).close();
        assertThat(engine.opened()).isEqualTo(engine.closed());
    }

    // waiting

    @Test
    void aWaiterIsServedWhenALaneBecomesFree() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease first = acquire(manager, LeaseRequest.of("first"));
        Future<DeviceLease> second = threads.submit(() -> acquire(manager, LeaseRequest.of("second")));
        awaitQueue(manager, 1);

        first.close();

        try (DeviceLease lease = second.get()) {
            assertThat(lease.id()).isEqualTo("cpu-2");
        }
    }

    @Test
    void whoMustWaitIsToldOnce() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease first = acquire(manager, LeaseRequest.of("first"));
        Monitor monitor = new Monitor();
        Future<DeviceLease> second = threads.submit(() -> manager.acquire(LeaseRequest.of("second"), monitor));
        awaitQueue(manager, 1);
        until(() -> monitor.asked.get() > 3);

        first.close();
        second.get().close();

        assertThat(monitor.stages).containsExactly("waiting for cpu");
    }

    @Test
    void waitingEndsAtTheTimeoutNamingWhoHoldsTheLanes() throws Exception {
        LeasingDeviceManager manager = manager(2, 1000);
        acquire(manager, LeaseRequest.of("train gcn on cora"));
        time.advance(Duration.ofMinutes(2));
        acquire(manager, LeaseRequest.of("explain karate"));
        Future<DeviceLease> waiter = threads.submit(
                () -> acquire(manager, LeaseRequest.of("explain cora").within(Duration.ofMinutes(10))));
        awaitQueue(manager, 1);

        time.advance(Duration.ofMinutes(10));

        assertThat(catchThrowable(waiter::get).getCause())
                .isInstanceOf(DeviceException.class)
                .hasMessage("'explain cora' got no lane of cpu with 500 B within 10 min (number 1 of 1 in the queue;"
                        + " 2 of 2 lanes and 1000 B of 1000 B are leased: cpu-1 'train gcn on cora' with 500 B for"
                        + " 12 min, cpu-2 'explain karate' with 500 B for 10 min); wait longer, or cancel what holds"
                        + " it");
        assertThat(manager.devices().get(0).queued()).isZero();
    }

    @Test
    void patienceBeginsWhenTheLaneIsAskedFor() {
        LeasingDeviceManager manager = manager(1, 1000);
        acquire(manager, LeaseRequest.of("train"));
        TaskMonitor slow = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                // only time matters here
            }

            @Override
            public boolean isCancelled() {
                time.advance(Duration.ofMinutes(10));
                return false;
            }
        };
        LeaseRequest request = LeaseRequest.of("explain").within(Duration.ofMinutes(20));
        assertThatThrownBy(() -> manager.acquire(request, slow))
                .hasMessageStartingWith("'explain' got no lane of cpu with 1000 B within 20 min");
        assertThat(time.nanos()).isEqualTo(Duration.ofMinutes(20).toNanos());
    }

    @Test
    void aRequestThatDoesNotWaitFailsAtOnceWhenNothingIsFree() {
        LeasingDeviceManager manager = manager(1, 1000);
        LeaseRequest now = LeaseRequest.of("now").within(Duration.ZERO);
        DeviceLease lease = acquire(manager, now);

        assertThatThrownBy(() -> acquire(manager, now)).hasMessageStartingWith("'now' got no lane of cpu with 1000 B");
        lease.close();
        acquire(manager, now).close();
    }

    @Test
    void anEndlessTimeoutIsAccepted() {
        LeaseRequest patient = LeaseRequest.of("patient").within(Duration.ofSeconds(Long.MAX_VALUE));

        acquire(manager(1, 1000), patient).close();
    }

    @Test
    void theMonitorCancelsTheWait() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease holder = acquire(manager, LeaseRequest.of("holder"));
        Monitor monitor = new Monitor();
        Future<DeviceLease> waiter = threads.submit(() -> manager.acquire(LeaseRequest.of("waiter"), monitor));
        awaitQueue(manager, 1);

        monitor.cancelled = true;

        assertThat(catchThrowable(waiter::get).getCause())
                .isInstanceOf(CancelledException.class)
                .hasMessage("'waiter' was cancelled while waiting for cpu");
        assertThat(manager.devices().get(0).queued()).isZero();
        holder.close();
        acquire(manager, LeaseRequest.of("next").within(Duration.ZERO)).close();
    }

    @Test
    void anInterruptCancelsTheWaitAndIsKept() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        acquire(manager, LeaseRequest.of("holder"));
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger outcome = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            try {
                acquire(manager, LeaseRequest.of("waiter")).close();
            } catch (CancelledException e) {
                outcome.set(Thread.currentThread().isInterrupted() ? 1 : 2);
            }
            ended.countDown();
        });
        waiter.start();
        awaitQueue(manager, 1);

        waiter.interrupt();
        ended.await();

        assertThat(outcome).as("cancelled with the interrupt kept").hasValue(1);
        assertThat(manager.devices().get(0).queued()).isZero();
    }

    @Test
    void whatIsCancelledAlreadyGetsNoLease() {
        LeasingDeviceManager manager = manager(1, 1000);
        Monitor monitor = new Monitor();
        monitor.cancelled = true;

        assertThatThrownBy(() -> manager.acquire(LeaseRequest.of("late"), monitor))
                .isInstanceOf(CancelledException.class);
        assertThat(engine.opened()).isZero();
    }

    @Test
    void aMonitorThatFailsLosesItsPlace() {
        LeasingDeviceManager manager = manager(1, 1000);
        acquire(manager, LeaseRequest.of("holder"));
        TaskMonitor failing = new TaskMonitor() {
            @Override
            public void progress(String stage, long done, long total) {
                throw new IllegalStateException("broken");
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };

        assertThatThrownBy(() -> manager.acquire(LeaseRequest.of("waiter"), failing))
                .isInstanceOf(IllegalStateException.class);
        assertThat(manager.devices().get(0).queued()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void hundredsOfRequestsWithCancellationsNeverOvercommitAndLeaveNothingBehind(long seed) throws Exception {
        int lanes = 3;
        long memory = 1000;
        LeasingDeviceManager manager = manager(lanes, memory);
        AtomicInteger inUse = new AtomicInteger();
        AtomicLong leased = new AtomicLong();
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        SplittableRandom random = new SplittableRandom(seed);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 16; t++) {
            SplittableRandom own = random.split();
            all.add(threads.submit(() -> IntStream.range(0, 30).forEach(i -> {
                // cancelled at a random look at the monitor, or never
                Monitor monitor = new Monitor();
                monitor.looksUntilCancelled = own.nextInt(3) == 0 ? own.nextInt(1, 4) : Integer.MAX_VALUE;
                LeaseRequest request = LeaseRequest.of("r").withMemory(own.nextLong(0, memory + 1));
                try (DeviceLease lease = manager.acquire(request, monitor)) {
                    assertThat(inUse.incrementAndGet()).isLessThanOrEqualTo(lanes);
                    assertThat(leased.addAndGet(lease.memoryBudget())).isLessThanOrEqualTo(memory);
                    Thread.onSpinWait();
                    leased.addAndGet(-lease.memoryBudget());
                    inUse.decrementAndGet();
                    granted.incrementAndGet();
                } catch (CancelledException e) {
                    cancelled.incrementAndGet();
                }
            })));
        }
        for (Future<?> one : all) {
            one.get();
        }

        assertThat(granted.get() + cancelled.get()).as("seed %d", seed).isEqualTo(16 * 30);
        assertThat(granted.get()).isGreaterThan(200);
        assertThat(engine.opened()).isEqualTo(engine.closed()).isEqualTo(granted.get());
        assertThat(manager.leases()).isEmpty();
        assertThat(manager.devices().get(0).queued()).isZero();
    }

    // stopping

    @Test
    void stoppingAnIdleManagerDoesNotWait() {
        LeasingDeviceManager manager = manager(1, 1000);

        // time stands still: any wait would be for ever
        manager.close();
        manager.close();

        assertThatThrownBy(() -> acquire(manager, LeaseRequest.of("late")))
                .isInstanceOf(DeviceException.class)
                .hasMessage("no lease for 'late': the devices are being stopped; try again when they are back");
    }

    @Test
    void stoppingRefusesThoseWhoWait() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease holder = acquire(manager, LeaseRequest.of("holder"));
        Future<DeviceLease> waiter = threads.submit(() -> acquire(manager, LeaseRequest.of("waiter")));
        awaitQueue(manager, 1);

        Future<?> stopping = threads.submit(manager::close);

        assertThat(catchThrowable(waiter::get).getCause())
                .isInstanceOf(DeviceException.class)
                .hasMessageStartingWith("no lease for 'waiter': the devices are being stopped");
        holder.close();
        stopping.get();
    }

    @Test
    void aLeaseMayFinishWithinTheGracePeriod() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease lease = acquire(manager, LeaseRequest.of("train"));
        Future<?> stopping = threads.submit(manager::close);
        until(() -> refuses(manager));

        time.advance(Duration.ofSeconds(9));
        lease.checkValid();
        assertThat(stopping.isDone()).isFalse();
        lease.close();

        stopping.get();
        assertThat(engine.closed()).isEqualTo(1);
    }

    @Test
    void afterTheGracePeriodALeaseIsRevokedButNotFreedUnderItsHolder() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease lease = acquire(manager, LeaseRequest.of("train"));
        Future<?> stopping = threads.submit(manager::close);
        until(() -> refuses(manager));

        time.advance(Duration.ofSeconds(10));
        until(() -> !lease.isValid());

        String revoked = "lease cpu-1 on cpu for 'train' was revoked because the devices are being stopped; close it,"
                + " and run the work again when they are back";
        assertThatThrownBy(lease::checkValid)
                .isInstanceOf(DeviceException.class)
                .hasMessage(revoked);
        assertThatThrownBy(lease::manager).isInstanceOf(DeviceException.class).hasMessage(revoked);
        assertThat(engine.closed()).isZero();
        assertThat(stopping.isDone()).isFalse();

        lease.close();
        stopping.get();
        assertThat(engine.closed()).isEqualTo(1);
        assertThat(manager.leases()).isEmpty();
    }

    @Test
    void aHolderThatDoesNotNoticeIsNotWaitedForEverAndStillFreesItsArraysAtTheEnd() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease lease = acquire(manager, LeaseRequest.of("train"));
        Future<?> stopping = threads.submit(manager::close);
        until(() -> refuses(manager));
        time.advance(Duration.ofSeconds(10));
        until(() -> !lease.isValid());

        time.advance(Duration.ofSeconds(5));
        stopping.get();

        assertThat(engine.closed()).isZero();
        assertThat(manager.leases()).extracting(LeaseInfo::id).containsExactly("cpu-1");
        lease.close();
        assertThat(engine.closed()).isEqualTo(1);
        assertThat(manager.leases()).isEmpty();
    }

    @Test
    void whoeverStopsInAHurryRevokesAtOnce() throws Exception {
        LeasingDeviceManager manager = manager(1, 1000);
        DeviceLease lease = acquire(manager, LeaseRequest.of("train"));
        Thread stopping = new Thread(manager::close);
        stopping.start();
        until(() -> refuses(manager));

        stopping.interrupt();
        stopping.join();

        assertThat(lease.isValid()).isFalse();
        assertThat(engine.closed()).isZero();
        lease.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 62, 63, 64, 65})
    void stoppingAmidRequestsLeavesNoLeaseBehind(long seed) throws Exception {
        LeasingDeviceManager manager = manager(3, 1000);
        int stopAfter = new SplittableRandom(seed).nextInt(1, 200);
        AtomicInteger served = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 12; t++) {
            all.add(threads.submit(() -> IntStream.range(0, 25).forEach(i -> {
                try (DeviceLease lease = acquire(manager, LeaseRequest.of("r"))) {
                    lease.checkValid();
                    served.incrementAndGet();
                } catch (DeviceException e) {
                    refused.incrementAndGet();
                }
            })));
        }
        until(() -> served.get() >= stopAfter);
        manager.close();

        // no new lease once close() has returned
        assertThat(manager.leases()).isEmpty();
        for (Future<?> one : all) {
            one.get();
        }
        assertThat(served.get() + refused.get()).isEqualTo(12 * 25);
        assertThat(engine.opened()).isEqualTo(engine.closed());
        assertThat(manager.leases()).isEmpty();
    }

    // configuration

    @Test
    void theConfigurationWinsOverFrameworkProperties() {
        BundleContext context = framework(Map.of("aitia.cpu.lanes", "5", "aitia.cpu.memory", "1m"));

        DeviceInfo cpu = new LeasingDeviceManager(engine.service(), context, Map.of("aitia.cpu.lanes", 3))
                .devices()
                .get(0);

        assertThat(cpu.lanes()).isEqualTo(3);
        assertThat(cpu.memoryBytes()).isEqualTo(1 << 20);
    }

    @Test
    void withoutAnyConfigurationTheMachineDecides() {
        DeviceInfo cpu = new LeasingDeviceManager(engine.service(), framework(Map.of()), Map.of())
                .devices()
                .get(0);

        assertThat(cpu.lanes()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(cpu.memoryBytes()).isEqualTo(Machine.here().memoryOutsideHeap() / 2);
    }

    @Test
    void aMistakeInTheConfigurationLeavesTheDefaults() {
        DeviceInfo cpu = new LeasingDeviceManager(
                        engine.service(), framework(Map.of("aitia.cpu.memory", "1m")), Map.of("aitia.cpu.lanes", "two"))
                .devices()
                .get(0);

        assertThat(cpu.lanes()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(cpu.memoryBytes()).isEqualTo(Machine.here().memoryOutsideHeap() / 2);
    }

    private LeasingDeviceManager manager(int lanes, long memory) {
        Map<String, String> configuration =
                Map.of("aitia.cpu.lanes", Integer.toString(lanes), "aitia.cpu.memory", Long.toString(memory));
        DeviceSettings settings = DeviceSettings.read(key -> Optional.ofNullable(configuration.get(key)), MACHINE);
        return new LeasingDeviceManager(engine.service(), MACHINE, settings, time);
    }

    private static DeviceLease acquire(LeasingDeviceManager manager, LeaseRequest request) {
        return manager.acquire(request, TaskMonitor.NONE);
    }

    private static boolean refuses(LeasingDeviceManager manager) {
        try {
            acquire(manager, LeaseRequest.of("probe").within(Duration.ZERO)).close();
            return false;
        } catch (DeviceException e) {
            return e.getMessage().startsWith("no lease for");
        }
    }

    private static void awaitQueue(LeasingDeviceManager manager, int queued) {
        until(() -> manager.devices().get(0).queued() == queued);
    }

    /** Waits for what another thread is about to do; the test's own timeout ends a wait in vain. */
    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).as("timed out").isFalse();
            Thread.onSpinWait();
        }
    }

    private static BundleContext framework(Map<String, String> properties) {
        return (BundleContext) Proxy.newProxyInstance(
                LeasingDeviceManagerTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getProperty");
                    return properties.get(arguments[0]);
                });
    }

    private static final class Monitor implements TaskMonitor {
        private final List<String> stages = new ArrayList<>();
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean cancelled;
        private volatile int looksUntilCancelled = Integer.MAX_VALUE;

        @Override
        public void progress(String stage, long done, long total) {
            stages.add(stage);
        }

        @Override
        public boolean isCancelled() {
            return cancelled || asked.incrementAndGet() > looksUntilCancelled;
        }
    }
}
