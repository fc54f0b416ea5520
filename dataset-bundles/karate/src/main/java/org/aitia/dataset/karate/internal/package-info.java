/** The karate club. */
package org.aitia.dataset.karate.internal;
