/**
 * Starts the container: reads the configuration, runs Apache Felix with the bundles of the distribution, and either
 * opens the interactive shell or runs the commands it was given.
 */
package org.aitia.launcher;
