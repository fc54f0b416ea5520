/** Prediction and propagation apart: APPNP of Gasteiger et al. (2019) and SGC of Wu et al. (2019). */
package org.aitia.models.internal.appnp;
