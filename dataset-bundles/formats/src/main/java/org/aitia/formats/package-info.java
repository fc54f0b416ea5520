/** Sources of bytes, and errors that say where in them something is wrong. */
package org.aitia.formats;
