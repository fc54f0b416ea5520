package org.aitia.device.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.aitia.device.manager.internal.Ticket.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads on one device's books. What is checked holds for every interleaving. */
@Timeout(120)
class DeviceLedgerConcurrencyTest {
    private static final int THREADS = 16;
    private static final int REQUESTS_PER_THREAD = 50;
    private static final int LANES = 4;
    private static final long MEMORY = 1000;
    private static final long FOREVER = Long.MAX_VALUE;

    private final DeviceLedger ledger = new DeviceLedger("cpu", LANES, MEMORY, TimeSource.SYSTEM);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void neitherLanesNorMemoryAreEverOvercommitted(long seed) throws Exception {
        AtomicInteger lanes = new AtomicInteger();
        AtomicLong memory = new AtomicLong();
        AtomicInteger served = new AtomicInteger();
        AtomicInteger gaveUp = new AtomicInteger();

        inAllThreads(seed, random -> {
            for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
                Ticket ticket = ledger.request("r", budget(random));
                if (random.nextInt(4) == 0) {
                    // races with the grant; whichever wins, the books must balance
                    ledger.end(ticket);
                    gaveUp.incrementAndGet();
                    continue;
                }
                assertThat(ticket.await(FOREVER)).isTrue();
                assertThat(lanes.incrementAndGet()).isLessThanOrEqualTo(LANES);
                assertThat(memory.addAndGet(ticket.bytes())).isLessThanOrEqualTo(MEMORY);
                DeviceLedger.Snapshot snapshot = ledger.snapshot();
                assertThat(snapshot.holdings()).hasSizeBetween(1, LANES);
                assertThat(snapshot.leased()).isBetween(ticket.bytes(), MEMORY);
                Thread.onSpinWait();
                memory.addAndGet(-ticket.bytes());
                lanes.decrementAndGet();
                ledger.end(ticket);
                served.incrementAndGet();
            }
        });

        assertThat(served.get() + gaveUp.get()).isEqualTo(THREADS * REQUESTS_PER_THREAD);
        assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void requestsAreGrantedInTheOrderInWhichTheyCame(long seed) throws Exception {
        SplittableRandom budgets = new SplittableRandom(seed);
        // all lanes are taken while the queue forms
        Ticket all = ledger.request("all", MEMORY);
        List<Ticket> inOrder = IntStream.range(0, 500)
                .mapToObj(i -> ledger.request("r" + i, budget(budgets)))
                .toList();
        ConcurrentLinkedQueue<Ticket> toServe = new ConcurrentLinkedQueue<>(inOrder);

        ledger.end(all);
        inAllThreads(seed, random -> {
            for (Ticket ticket = toServe.poll(); ticket != null; ticket = toServe.poll()) {
                if (random.nextInt(5) == 0) {
                    ledger.end(ticket);
                } else {
                    assertThat(ticket.await(FOREVER)).isTrue();
                    ledger.end(ticket);
                }
            }
        });

        List<Integer> numbers = inOrder.stream()
                .filter(ticket -> ticket.holding() != null)
                .map(DeviceLedgerConcurrencyTest::number)
                .toList();
        // four in five wait for their turn
        assertThat(numbers).hasSizeGreaterThan(300).isSorted().doesNotHaveDuplicates();
        assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void eachThreadIsServedInItsOwnOrder(long seed) throws Exception {
        List<List<Ticket>> perThread = Collections.synchronizedList(new ArrayList<>());
        ConcurrentLinkedQueue<Ticket> granted = new ConcurrentLinkedQueue<>();

        inAllThreads(seed, random -> {
            List<Ticket> mine = new ArrayList<>();
            for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
                Ticket ticket = ledger.request("r", budget(random));
                mine.add(ticket);
                granted.add(ticket);
                // somebody's: keeps the queue moving while it grows
                Ticket any = granted.poll();
                if (any != null) {
                    if (any.state() == State.GRANTED) {
                        ledger.end(any);
                    } else {
                        granted.add(any);
                    }
                }
            }
            perThread.add(mine);
        });
        while (!granted.isEmpty()) {
            // granted in order, so that some ticket among the rest always is
            granted.removeIf(ticket -> {
                boolean serve = ticket.state() == State.GRANTED;
                if (serve) {
                    ledger.end(ticket);
                }
                return serve;
            });
        }

        assertThat(perThread)
                .hasSize(THREADS)
                .allSatisfy(mine -> assertThat(mine)
                        .extracting(DeviceLedgerConcurrencyTest::number)
                        .isSorted()
                        .doesNotHaveDuplicates());
        assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42})
    void closingInTheMiddleLosesNobody(long seed) throws Exception {
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        inAllThreads(seed, random -> {
            for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
                Ticket ticket = ledger.request("r", budget(random));
                assertThat(ticket.await(FOREVER)).isTrue();
                (ticket.state() == State.GRANTED ? granted : refused).incrementAndGet();
                ledger.end(ticket);
                if (granted.get() == THREADS * REQUESTS_PER_THREAD / 2) {
                    ledger.close();
                }
            }
        });
        ledger.close();

        assertThat(granted.get() + refused.get()).isEqualTo(THREADS * REQUESTS_PER_THREAD);
        assertBalanced();
        assertThat(ledger.request("late", 1).state()).isEqualTo(State.REFUSED);
    }

    private void assertBalanced() {
        assertThat(ledger.snapshot()).isEqualTo(new DeviceLedger.Snapshot(List.of(), 0, 0));
    }

    private static int number(Ticket ticket) {
        return Integer.parseInt(ticket.holding().leaseId().substring("cpu-".length()));
    }

    private static long budget(SplittableRandom random) {
        return random.nextInt(10) == 0 ? MEMORY : random.nextLong(1, MEMORY / 2);
    }

    private interface Body {
        void run(SplittableRandom random) throws Exception;
    }

    private void inAllThreads(long seed, Body body) throws InterruptedException, ExecutionException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Callable<Void>> bodies = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom own = random.split();
            bodies.add(() -> {
                body.run(own);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(bodies)) {
            done.get();
        }
    }
}
