/** What the launcher needs from a bundle to run commands; exported by the system bundle. */
package org.aitia.launcher.console;
