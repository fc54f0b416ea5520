/** JMH benchmarks of Aitia's inner loops, with the sizes that explaining citation graphs in batches leads to. */
package org.aitia.benchmarks;
