/** Help for tests of what reads data files. */
package org.aitia.testkit.data;
