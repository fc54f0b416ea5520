/**
 * Contract tests. A plugin extends the class for what it offers and gets every property tested that Aitia relies on:
 *
 * <pre>{@code
 * class MyExplainerTest extends ExplainerContract {
 *     @Override
 *     protected Explainer explainer() {
 *         return new MyExplainer();
 *     }
 * }
 * }</pre>
 *
 * <p>They compute on the real engine, found on the class path: a plugin needs {@code org.aitia.engine.pytorch},
 * {@code org.aitia.device.manager} and {@code org.aitia.models} in test scope.
 */
package org.aitia.testkit.tck;
