/** The Twitch data sets and the reading of their files. */
package org.aitia.dataset.twitch.internal;
