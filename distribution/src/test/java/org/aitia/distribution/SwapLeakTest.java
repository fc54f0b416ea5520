package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.aitia.distribution.probe.LeakProbe;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What replaced plugins have used is given back: class loaders, threads and native arrays. */
@AitiaContainer
class SwapLeakTest {
    private static final int SWAPS = 25;
    private static final String EXPLAINER = "org.aitia.explainer.gnnexplainer";
    private static final String DATASETS = "org.aitia.dataset.synthetic";
    private static final String EXPLAIN = "explain -m swap -x gnnexplainer -n 400,401 -o epochs=2 --json";
    private static final String NOTHING_TO_LEARN =
            "explain -m swap -x gnnexplainer -n 400 -o edgeMaskType=none -o nodeMaskType=none";

    @TempDir
    Path directory;

    @Test
    void nothingOfReplacedPluginsSurvives(Aitia aitia) throws IOException {
        Path probe = probe();
        try (AitiaSession session = aitia.open()) {
            session.run("start " + probe.toUri()).succeeded();
            session.run("train -d ba-shapes -a gcn -n swap --epochs 2 --json").succeeded();
            session.run(EXPLAIN).succeeded();
            String threads = session.await(
                            "threads", outcome -> !outcome.succeeded().out().contains("aitia-job"))
                    .out();
            String arrays = session.run("arrays").succeeded().out();

            String explainer = id(session, EXPLAINER);
            String datasets = id(session, DATASETS);
            for (int swap = 0; swap < SWAPS; swap++) {
                for (String name : List.of(EXPLAINER, DATASETS)) {
                    assertThat(session.run("watch " + name).succeeded().out()).contains("watched " + (swap + 1));
                }
                session.run("update " + explainer).succeeded();
                session.run("update " + datasets).succeeded();
                session.await("explainers --json", outcome -> outcome.out().contains("gnnexplainer"));
                session.await("datasets --json", outcome -> outcome.out().contains("\"name\": \"ba-shapes\""));
                session.run("dataset tree-cycles --json").succeeded();
                session.run(EXPLAIN).succeeded();
                assertThat(session.run(NOTHING_TO_LEARN).failedWithOneLine()).contains("nothing to learn");
            }
            // The probe does see what is alive: it knows the class loaders of now, too.
            session.run("watch " + EXPLAINER).succeeded();
            session.run("watch " + DATASETS).succeeded();

            session.await("survivors", outcome -> {
                String text = outcome.succeeded().out();
                return text.contains(EXPLAINER + "=1/" + (SWAPS + 1)) && text.contains(DATASETS + "=1/" + (SWAPS + 1));
            });
            assertThat(session.run("arrays").succeeded().out()).isEqualTo(arrays);
            // a job is over a moment before its thread is
            session.await("threads", outcome -> outcome.succeeded().out().equals(threads));
        }
    }

    private static String id(AitiaSession session, String bundle) {
        String line = session.run("lb -s " + bundle).succeeded().outLines().stream()
                .filter(l -> l.contains(bundle))
                .findFirst()
                .orElseThrow();
        return line.substring(0, line.indexOf('|')).strip();
    }

    /** Packs the probe's class into a bundle. */
    private Path probe() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "probe");
        headers.putValue("Bundle-Activator", LeakProbe.class.getName());
        headers.putValue("Import-Package", "org.osgi.framework,org.osgi.framework.wiring,org.aitia.api.engine");
        Path file = directory.resolve("probe.jar");
        String resource = LeakProbe.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream content = LeakProbe.class.getClassLoader().getResourceAsStream(resource)) {
            jar.putNextEntry(new JarEntry(resource));
            content.transferTo(jar);
        }
        return file;
    }
}
