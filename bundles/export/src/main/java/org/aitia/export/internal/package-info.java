/** Explanations in the formats of other tools. */
package org.aitia.export.internal;
