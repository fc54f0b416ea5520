package org.aitia.explanations.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.aitia.api.NotFoundException;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.Explanations.ExplainerEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The explainers that are there, and who is using them.
 *
 * <p>OSGi calls {@code remove} on the thread that stops or updates the explainer's bundle, before the explainer is
 * deactivated. Waiting there lets running work finish on the instance it started with; after the grace period the
 * work is cancelled instead.
 */
final class ExplainerRegistry {
    private static final Logger log = LoggerFactory.getLogger(ExplainerRegistry.class);

    private final Duration grace;
    // Guarded by this. The list holds every registration, the best first; of several with one name the first one
    // serves.
    private final List<Registration> registrations = new ArrayList<>();

    ExplainerRegistry(Duration grace) {
        this.grace = grace;
    }

    /**
     * Adds an explainer.
     *
     * @param ranking of explainers of one name the highest serves
     * @param id of explainers of one ranking the oldest, that of the lowest id, serves
     */
    synchronized void add(Explainer explainer, String bundle, int ranking, long id) {
        Registration added = new Registration(explainer, bundle, ranking, id);
        registrations.add(added);
        registrations.sort(
                Comparator.comparingInt((Registration r) -> -r.ranking).thenComparingLong(r -> r.id));
        List<Registration> namesakes =
                registrations.stream().filter(r -> r.name.equals(added.name)).toList();
        if (namesakes.size() > 1) {
            log.warn(
                    "there are {} explainers '{}'; that of {} serves, by service ranking and age",
                    namesakes.size(),
                    added.name,
                    namesakes.get(0).bundle);
        }
    }

    void remove(Explainer explainer) {
        Registration removed;
        synchronized (this) {
            removed = registrations.stream()
                    .filter(r -> r.explainer == explainer)
                    .findFirst()
                    .orElse(null);
            if (removed == null) {
                return;
            }
            registrations.remove(removed);
        }
        removed.drain(grace);
    }

    synchronized List<ExplainerEntry> list() {
        TreeMap<String, ExplainerEntry> byName = new TreeMap<>();
        registrations.forEach(r -> byName.putIfAbsent(r.name(), r.entry()));
        return List.copyOf(byName.values());
    }

    synchronized ExplainerEntry find(String name) {
        return registration(name).entry();
    }

    /** Takes an explainer into use; it stays alive until the use is closed. */
    synchronized Use use(String name) {
        return registration(name).use();
    }

    private Registration registration(String name) {
        return registrations.stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "explainer",
                        name,
                        registrations.stream().map(Registration::name).toList()));
    }

    /** One explainer of one bundle. */
    private static final class Registration {
        private final Explainer explainer;
        private final String name;
        private final String bundle;
        private final int ranking;
        private final long id;
        private final List<Use> uses = new ArrayList<>(); // guarded by this

        Registration(Explainer explainer, String bundle, int ranking, long id) {
            this.ranking = ranking;
            this.id = id;
            this.explainer = explainer;
            this.name = explainer.info().name();
            this.bundle = bundle;
        }

        String name() {
            return name;
        }

        ExplainerEntry entry() {
            return new ExplainerEntry(explainer.info(), explainer.options().specs(), bundle);
        }

        synchronized Use use() {
            Use use = new Use(this);
            uses.add(use);
            return use;
        }

        private synchronized void end(Use use) {
            uses.remove(use);
            notifyAll();
        }

        synchronized void drain(Duration grace) {
            if (uses.isEmpty()) {
                return;
            }
            log.info("waiting for {} run(s) of explainer '{}' of {}", uses.size(), name, bundle);
            long deadline = System.nanoTime() + grace.toNanos();
            boolean interrupted = awaitUnused(deadline);
            if (!uses.isEmpty()) {
                log.warn("cancelling {} run(s) of explainer '{}': its bundle stops", uses.size(), name);
                uses.forEach(use -> use.revoked = true);
                // a run looks at its monitor at every step, so this wait is short; it is bounded all the same
                interrupted |= awaitUnused(System.nanoTime() + grace.toNanos());
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean awaitUnused(long deadline) {
            boolean interrupted = false;
            long left = deadline - System.nanoTime();
            while (!uses.isEmpty() && left > 0) {
                try {
                    wait(Math.max(1, left / 1_000_000));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = deadline - System.nanoTime();
            }
            return interrupted;
        }
    }

    /** The right to call an explainer, until closed. */
    static final class Use implements AutoCloseable {
        private final Registration registration;
        private volatile boolean revoked;

        private Use(Registration registration) {
            this.registration = registration;
        }

        Explainer explainer() {
            return registration.explainer;
        }

        String bundle() {
            return registration.bundle;
        }

        /** Tells whether the explainer's bundle has run out of patience. */
        boolean isRevoked() {
            return revoked;
        }

        @Override
        public void close() {
            registration.end(this);
        }
    }

    @Override
    public synchronized String toString() {
        return "ExplainerRegistry" + Collections.unmodifiableList(registrations);
    }
}
