/** Batches of instances on a device, whole or by receptive field, for training and prediction. */
package org.aitia.models.internal.feed;
