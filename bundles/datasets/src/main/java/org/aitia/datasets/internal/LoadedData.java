package org.aitia.datasets.internal;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.aitia.api.CancelledException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetProvider;

/**
 * Data sets in memory, for as long as memory lasts, and those on their way into it. Of several requests for the same
 * data one loads, on its own thread, and the others wait.
 */
final class LoadedData {
    private static final long POLL_MILLIS = 100;

    /**
     * What was asked of whom.
     *
     * @param provider compared by identity
     * @param name the data set
     * @param options as given
     */
    record Key(DatasetProvider provider, String name, Map<String, String> options) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.provider == provider
                    && key.name.equals(name)
                    && key.options.equals(options);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + options.hashCode();
        }
    }

    private final Map<Key, SoftReference<Dataset>> ready = new ConcurrentHashMap<>();
    private final Map<Key, CompletableFuture<Dataset>> loading = new ConcurrentHashMap<>();

    Dataset get(Key key, Supplier<Dataset> loader, TaskMonitor monitor) {
        while (true) {
            monitor.checkCancelled();
            CompletableFuture<Dataset> mine = new CompletableFuture<>();
            CompletableFuture<Dataset> others = loading.putIfAbsent(key, mine);
            if (others == null) {
                return load(key, loader, mine);
            }
            try {
                return await(others, monitor);
            } catch (CancelledException e) {
                // the one who loaded was cancelled, which need not concern us: try again, and load ourselves
                monitor.checkCancelled();
            }
        }
    }

    private Dataset load(Key key, Supplier<Dataset> loader, CompletableFuture<Dataset> result) {
        try {
            // looked up under the entry in "loading", so that nobody loads what has just become ready
            SoftReference<Dataset> reference = ready.get(key);
            Dataset dataset = reference == null ? null : reference.get();
            if (dataset == null) {
                dataset = loader.get();
                Dataset loaded = dataset;
                loading.computeIfPresent(key, (k, current) -> {
                    if (current == result) { // else it was forgotten while it was on its way
                        ready.put(key, new SoftReference<>(loaded));
                    }
                    return current;
                });
            }
            result.complete(dataset);
            return dataset;
        } catch (Throwable e) {
            result.completeExceptionally(e);
            throw e;
        } finally {
            loading.remove(key, result);
        }
    }

    private static Dataset await(CompletableFuture<Dataset> result, TaskMonitor monitor) {
        try {
            while (true) {
                monitor.checkCancelled();
                try {
                    return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // not yet: look whether we were cancelled, and wait on
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("cancelled", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            } else if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    void forget(DatasetProvider provider) {
        forget(key -> key.provider() == provider);
    }

    void forget(DatasetProvider provider, String name) {
        forget(key -> key.provider() == provider && key.name().equals(name));
    }

    /** Those who wait for data on their way still get them; who comes now loads anew. */
    private void forget(Predicate<Key> which) {
        loading.keySet().removeIf(which);
        ready.keySet().removeIf(which);
    }
}
