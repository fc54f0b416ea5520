/** What test runs tell beside their results. */
package org.aitia.testkit.report;
