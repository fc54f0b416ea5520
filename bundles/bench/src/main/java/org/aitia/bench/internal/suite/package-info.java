/** The file format of suites: YAML becomes {@link org.aitia.api.bench.Suite}, with a place for whatever is wrong. */
package org.aitia.bench.internal.suite;
