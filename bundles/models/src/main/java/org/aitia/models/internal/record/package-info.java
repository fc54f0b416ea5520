/** What training writes down epoch by epoch: CSV files and TensorBoard's event files. */
package org.aitia.models.internal.record;
