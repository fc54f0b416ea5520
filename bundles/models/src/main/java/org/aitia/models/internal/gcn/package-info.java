/** The graph convolutional network of Kipf and Welling (2017) and its variants in the papers on explanation. */
package org.aitia.models.internal.gcn;
