package org.aitia.explainer.baselines.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.aitia.api.Task;
import org.aitia.api.explain.Explainer;
import org.aitia.api.explain.MaskValues;
import org.aitia.api.explain.Objective;
import org.aitia.api.graph.Graph;
import org.aitia.api.metric.ExplanationMetric;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every class that the guide to writing plugins prints compiles, and those that can be used here are used. */
class PluginGuideCodeTest {
    private static final Path GUIDE = Path.of(System.getProperty("aitia.docs", "../framework/docs"));
    private static final Pattern CODE =
            Pattern.compile("`src/(main|test)/java/([^`]*)\\.java`\\s*```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void theCodeOfTheGuideCompilesAndWorks() throws Exception {
        List<Path> sources = new ArrayList<>();
        Matcher matcher = CODE.matcher(Files.readString(GUIDE.resolve("writing-a-plugin.md")));
        while (matcher.find()) {
            Path file = directory.resolve("source").resolve(matcher.group(2) + ".java");
            Files.createDirectories(file.getParent());
            sources.add(Files.writeString(file, matcher.group(3)));
        }
        assertThat(sources).hasSizeGreaterThan(4);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        compile(sources, classes);

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            assertThat(make(loader, "com.example.metric.EdgesAboveMetric", ExplanationMetric.class)
                            .info()
                            .name())
                    .isEqualTo("edges-above");
            assertThat(make(loader, "com.example.objective.MaskSizeObjective", Objective.class)
                            .name())
                    .isEqualTo("mask-size");
            learns(make(loader, "com.example.explainer.hops.HopsExplainer", Explainer.class));
        }
    }

    private static void compile(List<Path> sources, Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-Xlint:all,-processing,-classfile,-path,-try",
                    "-Werror",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .isTrue();
        }
    }

    private static <T> T make(ClassLoader loader, String name, Class<T> type) throws ReflectiveOperationException {
        return type.cast(loader.loadClass(name).getConstructor().newInstance());
    }

    /** All edges start at one half. */
    private static void learns(Explainer explainer) {
        Graph graph = TestGraphs.undirected(30, 60, 5, 3, 1);
        try (Workbench workbench = Workbench.open()) {
            MaskValues masks = workbench
                    .explainNodes(explainer, Workbench.gcn(Task.NODE, graph, 3, 2), graph, List.of(3), Map.of(), 1)
                    .get(0);
            assertThat(masks.edges()).isNotEmpty();
            for (float value : masks.edges()) {
                assertThat(value).isBetween(0f, 1f).isNotEqualTo(0.5f);
            }
        }
    }
}
