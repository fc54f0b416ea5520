/** Zip archives that strangers made. */
package org.aitia.formats.zip;
