/** Files at their origin or on a mirror, in whichever form they lie there. */
package org.aitia.formats.origin;
