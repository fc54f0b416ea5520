/**
 * Runs of suites: a suite becomes cells, cells become results that are kept as they come, results become tables, choices
 * and goals.
 */
package org.aitia.bench.internal;
