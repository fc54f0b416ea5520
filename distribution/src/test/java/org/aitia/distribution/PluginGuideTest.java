package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to writing a plugin works as printed: its code is compiled, bundled, dropped in and used. */
@AitiaContainer
class PluginGuideTest {
    private static final String SOURCE = "src/main/java/com/example/explainer/degree/DegreeExplainer.java";

    @TempDir
    Path project;

    @Test
    void theExplainerOfTheGuideExplains(Aitia aitia) throws Exception {
        String guide = Files.readString(
                Path.of(System.getProperty("aitia.docs", "../framework/docs")).resolve("writing-a-plugin.md"));
        compile(block(guide, SOURCE, "java"));
        Path bundle = bundle(block(guide, "bnd.bnd", "properties"));
        try (AitiaSession session = aitia.open()) {
            session.run("train -d ba-shapes -a gcn -n m --epochs 2 --json").succeeded();
            Files.move(bundle, aitia.plugins().resolve(bundle.getFileName()));
            session.await("explainers --json", outcome -> outcome.out().contains("\"my-degree\""));
            assertThat(session.run("explainer my-degree").succeeded().out()).contains("exponent of the degree");
            assertThat(session.run("explain -m m -x my-degree -n 400 -o power=-1")
                            .failedWithOneLine())
                    .contains("'power' must be >= 0");
            String out = session.run("explain -m m -x my-degree -n 400 -o power=2 --json")
                    .succeeded()
                    .out();
            JsonArray mask = JsonParser.parseString(out)
                    .getAsJsonObject()
                    .getAsJsonArray("explanations")
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("edgeMask");
            double max = 0;
            for (JsonElement edge : mask) {
                max = Math.max(max, edge.getAsJsonArray().get(2).getAsDouble());
            }
            assertThat(max).isEqualTo(1);
        }
    }

    @Test
    void theExplainerOfTheGuideIsShort() throws IOException {
        String guide = Files.readString(
                Path.of(System.getProperty("aitia.docs", "../framework/docs")).resolve("writing-a-plugin.md"));
        assertThat(block(guide, SOURCE, "java").lines().count()).isLessThan(60);
    }

    /** The first code block of a language after a file name in back quotes. */
    private static String block(String guide, String file, String language) {
        Matcher matcher = Pattern.compile(
                        Pattern.quote("`" + file + "`") + ".*?```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(guide);
        assertThat(matcher.find()).as("code of %s in the guide", file).isTrue();
        return matcher.group(1);
    }

    private void compile(String source) throws IOException {
        Path file = project.resolve(SOURCE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path classes = Files.createDirectories(project.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-Xlint:all,-processing,-classfile",
                    "-Werror",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                            .call())
                    .isTrue();
        }
    }

    private Path bundle(String instructions) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(instructions));
        try (Builder builder = new Builder()) {
            builder.setProperties(properties);
            builder.addClasspath(project.resolve("classes").toFile());
            try (Stream<String> path =
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
                for (String entry : path.toList()) {
                    if (entry.endsWith(".jar")) {
                        builder.addClasspath(new File(entry));
                    }
                }
            }
            Jar jar = builder.build();
            assertThat(builder.getErrors()).isEmpty();
            Path file = project.resolve("com.example.explainer.degree-1.0.0.jar");
            jar.write(file.toFile());
            return file;
        }
    }
}
