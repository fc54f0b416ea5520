/** Models on disk: a JSON description and weights in the safetensors format. */
package org.aitia.models.internal.store;
