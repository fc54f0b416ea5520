/** GraphSAGE of Hamilton et al. (2017) and the k-GNN of Morris et al. (2019): neighbours and root weighted apart. */
package org.aitia.models.internal.sage;
