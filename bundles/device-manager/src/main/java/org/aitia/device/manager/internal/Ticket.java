package org.aitia.device.manager.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One request's place in the queue of a device and, once granted, its share of the device. */
final class Ticket {
    /** Where a request stands. */
    enum State {
        /** It is in the queue. */
        WAITING,
        /** It holds a lane and its memory. */
        GRANTED,
        /** It was turned away because the device closed. */
        REFUSED,
        /** It gave up waiting, or gave back what it held. */
        ENDED
    }

    private final String purpose;
    private final long bytes;
    private final CountDownLatch decided = new CountDownLatch(1);

    // written by the ledger under its lock; volatile because the waiting thread reads it without
    private volatile State state = State.WAITING;
    private volatile Holding holding;

    Ticket(String purpose, long bytes) {
        this.purpose = purpose;
        this.bytes = bytes;
    }

    String purpose() {
        return purpose;
    }

    long bytes() {
        return bytes;
    }

    State state() {
        return state;
    }

    /** What it holds; only after it was granted. */
    Holding holding() {
        return holding;
    }

    /** Waits until it is granted or refused, returning false if time runs out first. */
    boolean await(long nanos) throws InterruptedException {
        return decided.await(nanos, TimeUnit.NANOSECONDS);
    }

    void grant(Holding granted) {
        holding = granted;
        state = State.GRANTED;
        decided.countDown();
    }

    void refuse() {
        state = State.REFUSED;
        decided.countDown();
    }

    void end() {
        state = State.ENDED;
        decided.countDown();
    }
}
