/**
 * What a command writes to: tables, bars, JSON documents and progress.
 */
package org.aitia.shell.internal.console;
