/** The registry of dataset providers and the download cache. */
package org.aitia.datasets.internal;
