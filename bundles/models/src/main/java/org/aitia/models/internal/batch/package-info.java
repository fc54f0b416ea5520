/** Batches on a device, in the form that message-passing layers need: messages with their weights, and features. */
package org.aitia.models.internal.batch;
