/**
 * The report of a benchmark. {@code Board} and {@code Ranking} find what there is to say, the sections say it in Markdown,
 * {@code HtmlPage} makes a page of the Markdown. Numbers are computed elsewhere: here they are ordered, chosen and told.
 */
package org.aitia.bench.report.internal;
