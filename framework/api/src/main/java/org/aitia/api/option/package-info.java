/**
 * Options of explainers, architectures and data sets, declared once as an annotated record.
 *
 * <p>The declaration is what shell help, web forms, validation and provenance all derive from:
 *
 * <pre>{@code
 * public record MyOptions(
 *         @Option(description = "optimisation steps", defaultValue = "100", min = 1) int epochs,
 *         @Option(description = "learning rate of Adam", defaultValue = "0.01", min = 0, minExclusive = true) double lr) {}
 *
 * OptionSchema<MyOptions> schema = OptionSchema.of(MyOptions.class);
 * MyOptions options = schema.parse(Map.of("epochs", "200"));
 * }</pre>
 */
@Export
@Version("1.0.0")
package org.aitia.api.option;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
