/**
 * Tests against the real product: a temporary copy of the built distribution, run through its own start script.
 *
 * <pre>{@code
 * @AitiaContainer
 * class ShellTest {
 *     @Test
 *     void listsDatasets(Aitia aitia) {
 *         Outcome outcome = aitia.run("datasets --json");
 *         assertThat(outcome.status()).isZero();
 *     }
 *
 *     @Test
 *     void survivesAnUpdate(Aitia aitia) {
 *         try (AitiaSession session = aitia.open()) {
 *             session.run("felix:stop 12").succeeded();
 *         }
 *     }
 * }
 * }</pre>
 */
package org.aitia.testkit.container;
