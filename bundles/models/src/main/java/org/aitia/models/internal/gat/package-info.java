/** Graph attention networks: GAT and GATv2. */
package org.aitia.models.internal.gat;
