package org.aitia.dataset.benchmarks.internal;

/** The node data sets take no options: graph, features, split and truth are those of the files. */
record NodeSetOptions() {}
