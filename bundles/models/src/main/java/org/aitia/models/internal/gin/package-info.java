/** The graph isomorphism network of Xu et al. (2019). */
package org.aitia.models.internal.gin;
