/**
 * What the commands share: argument parsing, access to services that come and go, running work as a job, files.
 */
package org.aitia.shell.internal;
