/** Graphs of the user's own: tables (CSV, GraphML) and arrays (npz), checked and turned into a data set. */
package org.aitia.dataset.usergraph.internal;
