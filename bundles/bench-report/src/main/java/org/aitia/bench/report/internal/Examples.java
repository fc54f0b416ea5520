package org.aitia.bench.report.internal;

/** Explanations beside the true ones. */
final class Examples {
    Sheet sheet() {
        return new Sheet();
    }
}
