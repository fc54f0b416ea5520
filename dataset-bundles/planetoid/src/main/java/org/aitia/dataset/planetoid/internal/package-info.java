/** The Planetoid data sets and the reading of their files. */
package org.aitia.dataset.planetoid.internal;
