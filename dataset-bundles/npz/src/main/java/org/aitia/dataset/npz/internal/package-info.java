/** The npz data sets and the reading of their files. */
package org.aitia.dataset.npz.internal;
