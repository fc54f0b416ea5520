/**
 * The commands, one class each. A command parses its arguments, asks services and prints; nothing is computed here.
 */
package org.aitia.shell.internal.command;
