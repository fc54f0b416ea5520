/** What the trainer and the store share: the architectures that are there. */
package org.aitia.models.internal;
