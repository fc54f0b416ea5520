package org.aitia.bench.report.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.api.bench.Suite;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.commonmark.renderer.text.TextContentRenderer;

/** The report as one page without other files: the Markdown, rendered, with its pictures inside. Used by one thread. */
final class HtmlPage {
    static final String FILE = "report.html";

    private static final UrlSanitizer SAFE = new DefaultUrlSanitizer();
    private static final String STYLE = "page.css";
    private static final String SCRIPT = "page.js";
    private static final Pattern XML_HEADER = Pattern.compile("\\A\\s*<\\?xml[^>]*\\?>\\s*");
    private static final Pattern ID = Pattern.compile("(id|aria-labelledby|aria-describedby)=\"([^\"]+)\"");

    private final List<Extension> extensions = List.of(TablesExtension.create());
    private final Parser parser = Parser.builder().extensions(extensions).build();
    private final Map<String, byte[]> pictures;
    private final Map<String, Integer> anchors = new HashMap<>();
    private final List<Entry> contents = new ArrayList<>();
    private final HtmlRenderer renderer;
    private int drawn;

    /** A heading that the table of contents names. */
    private record Entry(int level, String anchor, String text) {}

    private HtmlPage(Map<String, byte[]> pictures) {
        this.pictures = pictures;
        // raw HTML of a suite's text shows as text, so that the page is well-formed whatever it holds
        renderer = HtmlRenderer.builder()
                .extensions(extensions)
                .escapeHtml(true)
                .nodeRendererFactory(Parts::new)
                .build();
    }

    static String of(Suite suite, Sheet report, List<Sheet> tables, Map<String, byte[]> pictures) {
        return new HtmlPage(pictures).page(suite, report, tables);
    }

    private String page(Suite suite, Sheet report, List<Sheet> tables) {
        String main = renderer.render(parser.parse(report.markdown()));
        StringBuilder parts = new StringBuilder();
        if (!tables.isEmpty()) {
            contents.add(new Entry(2, "all-tables", "All tables"));
            parts.append("<h2 id=\"all-tables\">All tables</h2>\n<p>")
                    .append(escape(TablesSheet.LEGEND))
                    .append("</p>\n");
        }
        for (Sheet table : tables) {
            Node part = parser.parse(table.markdown());
            Node heading = part.getFirstChild();
            heading.unlink();
            parts.append("<details>\n<summary>")
                    .append(renderer.render(heading).strip())
                    .append("</summary>\n")
                    .append(renderer.render(part))
                    .append("</details>\n");
        }
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>"
                + escape(ReportSheet.title(suite))
                + "</title>\n<style>\n" + resource(STYLE) + "</style>\n</head>\n<body>\n<nav aria-label=\"Contents\">\n"
                + contents()
                + "</nav>\n<main>\n"
                + main + parts + document(suite)
                + "</main>\n<script>\n//<![CDATA[\n" + resource(SCRIPT) + "//]]>\n</script>\n</body>\n</html>\n";
    }

    private static String document(Suite suite) {
        return "<details>\n<summary><h2 id=\"the-suite\">The suite</h2></summary>\n<pre><code>"
                + escape(suite.document())
                + "</code></pre>\n</details>\n";
    }

    private String contents() {
        StringBuilder list = new StringBuilder("<ul>\n");
        for (Entry entry : contents) {
            if (entry.level() == 2) {
                list.append("<li><a href=\"#")
                        .append(entry.anchor())
                        .append("\">")
                        .append(escape(entry.text()))
                        .append("</a></li>\n");
            }
        }
        return list.append("</ul>\n").toString();
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    // XML has no other control characters
                    if (c >= ' ' || c == '\n' || c == '\t') {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's own " + name + " cannot be read", e);
        }
    }

    /** Headings get anchors, pictures are put in their places, links between the two files stay on the page. */
    private final class Parts implements NodeRenderer {
        private final HtmlNodeRendererContext context;

        Parts(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Heading.class, Image.class, Link.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof Heading heading) {
                heading(heading);
            } else if (node instanceof Image image) {
                image(image);
            } else if (node instanceof Link link) {
                link(link);
            }
        }

        private void heading(Heading heading) {
            String text = TextContentRenderer.builder().build().render(heading).strip();
            String anchor = Sheet.anchor(text);
            int before = anchors.merge(anchor, 1, Integer::sum) - 1;
            String unique = before == 0 ? anchor : anchor + "-" + before;
            contents.add(new Entry(heading.getLevel(), unique, text));
            String tag = "h" + heading.getLevel();
            context.getWriter().line();
            context.getWriter().tag(tag, Map.of("id", unique));
            children(heading);
            context.getWriter().tag("/" + tag);
            context.getWriter().line();
        }

        private void image(Image image) {
            Optional<byte[]> svg = Optional.ofNullable(pictures.get(image.getDestination()));
            if (svg.isEmpty()) {
                children(image); // a picture of the suite's text that lies elsewhere: its name must do
                return;
            }
            context.getWriter().tag("span", Map.of("class", "picture"));
            context.getWriter().raw(inline(new String(svg.get(), StandardCharsets.UTF_8)));
            context.getWriter().tag("/span");
        }

        private void link(Link link) {
            String destination = link.getDestination();
            String here = TablesSheet.FILE + "#";
            String to = destination.startsWith(here) ? destination.substring(here.length() - 1) : destination;
            // a suite may come from anybody: no address that runs a script
            context.getWriter().tag("a", Map.of("href", SAFE.sanitizeLinkUrl(to)));
            children(link);
            context.getWriter().tag("/a");
        }

        private void children(Node parent) {
            for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }
    }

    /** Identifiers are unique on a page. */
    private String inline(String svg) {
        drawn++;
        Matcher matcher = ID.matcher(XML_HEADER.matcher(svg).replaceFirst(""));
        return matcher.replaceAll("$1=\"p" + drawn + "-$2\"").strip();
    }
}
