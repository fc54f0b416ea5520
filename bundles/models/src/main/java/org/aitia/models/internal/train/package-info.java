/** Training of models of any architecture. */
package org.aitia.models.internal.train;
