/**
 * Comparisons and sweeps: runs become {@link org.aitia.api.compare.Cell cells}, cells become scores with their
 * uncertainty, scores become tables. Statistics, cells, tables and fronts know nothing of what is compared.
 */
package org.aitia.comparison.internal;
