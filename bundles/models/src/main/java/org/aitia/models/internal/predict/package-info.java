/** Predictions of stored models, and how good they are. */
package org.aitia.models.internal.predict;
