/** The graphs of Geom-GCN whose neighbours are unlike, and the reading of their files. */
package org.aitia.dataset.webkb.internal;
