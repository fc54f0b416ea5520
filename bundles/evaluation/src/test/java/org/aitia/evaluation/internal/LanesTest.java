package org.aitia.evaluation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Test
    void everyLaneDoesTheWorkOnce() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch allThere = new CountDownLatch(3);
        Lanes.run(3, stopped, () -> {
            threads.add(Thread.currentThread());
            allThere.countDown();
            await(allThere);
        });
        assertThat(threads).hasSize(3).contains(Thread.currentThread());
        assertThat(stopped).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailureStopsTheOthersAndIsThrown() {
        IllegalStateException failure = new IllegalStateException("first");
        assertThatThrownBy(() -> Lanes.run(1, stopped, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(stopped).isTrue();
    }

    @Test
    void goesOnWithFewerLanesWhenThereAreNoThreads() {
        AtomicInteger done = new AtomicInteger();
        Lanes.run(3, stopped, done::incrementAndGet, work -> new Thread(work) {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        assertThat(done).hasValue(1);
        assertThat(stopped).isFalse();
    }
}
