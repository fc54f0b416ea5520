/** Gogo for scripts: text and control commands without a terminal. */
package org.aitia.console;
