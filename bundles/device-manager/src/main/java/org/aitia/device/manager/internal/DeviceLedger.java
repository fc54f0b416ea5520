package org.aitia.device.manager.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The books of one device: its lanes, its memory, who holds them and who waits. Pure accounting, no native code.
 *
 * <p>The queue is strictly first in, first out: only its head is ever granted, as soon as a lane <em>and</em> the
 * memory it asks for are free. A large request at the head therefore holds back smaller ones behind it, even while a
 * lane idles. That is the price of large requests never starving; requests with the default budget, an equal share per
 * lane, never pay it among themselves.
 *
 * <p>Safe for several threads. Nothing foreign is called under the lock.
 */
final class DeviceLedger {
    /** How often waiting threads look at clocks and monitors, which cannot wake them. */
    static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int HOLDERS_IN_MESSAGES = 5;

    private final String deviceId;
    private final int lanes;
    private final long memory;
    private final TimeSource time;

    private final Deque<Ticket> queue = new ArrayDeque<>();
    // in the order of granting
    private final Set<Ticket> held = new LinkedHashSet<>();
    private long leased;
    private long leases;
    private boolean closed;

    DeviceLedger(String deviceId, int lanes, long memory, TimeSource time) {
        if (lanes < 1 || memory < lanes) {
            throw new IllegalArgumentException(deviceId + ": " + lanes + " lanes, " + memory + " bytes");
        }
        this.deviceId = deviceId;
        this.lanes = lanes;
        this.memory = memory;
        this.time = time;
    }

    String deviceId() {
        return deviceId;
    }

    int lanes() {
        return lanes;
    }

    long memory() {
        return memory;
    }

    /** The budget of a request that names none. */
    long equalShare() {
        return memory / lanes;
    }

    /**
     * Joins the queue. The ticket may be granted at once; whatever becomes of it, {@link #end} is owed.
     *
     * @param bytes from 1 to {@link #memory()}
     */
    synchronized Ticket request(String purpose, long bytes) {
        if (bytes < 1 || bytes > memory) {
            throw new IllegalArgumentException(deviceId + ": " + bytes + " of " + memory + " bytes");
        }
        Ticket ticket = new Ticket(purpose, bytes);
        if (closed) {
            ticket.refuse();
        } else {
            queue.addLast(ticket);
            grantWhatFits();
        }
        return ticket;
    }

    /**
     * Leaves the queue or gives back what was granted, whichever applies: a cancelled waiter need not know whether it
     * was granted in the same instant. Ending twice does nothing.
     */
    synchronized void end(Ticket ticket) {
        switch (ticket.state()) {
            case WAITING -> queue.remove(ticket);
            case GRANTED -> {
                held.remove(ticket);
                leased -= ticket.bytes();
            }
            case REFUSED, ENDED -> {
                return;
            }
        }
        ticket.end();
        grantWhatFits();
        // for awaitIdle
        notifyAll();
    }

    /** Refuses everyone who waits and all who come. Holders keep what they have. */
    synchronized void close() {
        closed = true;
        queue.forEach(Ticket::refuse);
        queue.clear();
    }

    /**
     * Waits until nobody holds anything.
     *
     * @param deadlineNanos on the monotonic clock
     * @return false if someone still does at the deadline
     */
    synchronized boolean awaitIdle(long deadlineNanos) throws InterruptedException {
        while (!held.isEmpty()) {
            long left = deadlineNanos - time.nanos();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, Math.min(left, POLL_NANOS)));
        }
        return true;
    }

    /** Who holds and how many wait, taken at one moment. */
    synchronized Snapshot snapshot() {
        return new Snapshot(held.stream().map(Ticket::holding).toList(), leased, queue.size());
    }

    /** What a request that waited in vain should know, for its message. */
    synchronized String situation(Ticket ticket) {
        int position = 1;
        for (Ticket other : queue) {
            if (other == ticket) {
                break;
            }
            position++;
        }
        return "number %d of %d in the queue; %d of %d lanes and %s of %s are leased: %s"
                .formatted(
                        position,
                        Math.max(position, queue.size()),
                        held.size(),
                        lanes,
                        Sizes.format(leased),
                        Sizes.format(memory),
                        holders());
    }

    private String holders() {
        if (held.isEmpty()) {
            return "nobody holds one";
        }
        long now = time.nanos();
        String named = held.stream()
                .limit(HOLDERS_IN_MESSAGES)
                .map(Ticket::holding)
                .map(h -> "%s '%s' with %s for %s"
                        .formatted(
                                h.leaseId(),
                                h.purpose(),
                                Sizes.format(h.bytes()),
                                Sizes.format(Duration.ofNanos(now - h.sinceNanos()))))
                .collect(Collectors.joining(", "));
        int more = held.size() - HOLDERS_IN_MESSAGES;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private void grantWhatFits() {
        while (!queue.isEmpty() && held.size() < lanes && queue.getFirst().bytes() <= memory - leased) {
            Ticket next = queue.removeFirst();
            held.add(next);
            leased += next.bytes();
            leases++;
            next.grant(new Holding(deviceId + "-" + leases, next.purpose(), next.bytes(), time.now(), time.nanos()));
        }
    }

    /**
     * A device's books at one moment.
     *
     * @param holdings in the order of granting
     * @param leased sum of their budgets
     * @param queued requests that wait
     */
    record Snapshot(List<Holding> holdings, long leased, int queued) {}
}
