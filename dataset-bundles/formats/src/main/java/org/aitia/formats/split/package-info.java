/** Divisions of nodes into training, validation and test, where a data set brings none. */
package org.aitia.formats.split;
