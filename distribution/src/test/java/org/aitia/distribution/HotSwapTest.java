package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.junit.jupiter.api.Test;

/** Explainers, data sets and the engine itself can be stopped, updated and reinstalled in a running container. */
@AitiaContainer
class HotSwapTest {
    private static final String TRAIN = "train -d ba-shapes -a gcn -n swap --epochs 5 --json";
    private static final String EXPLAIN = "explain -m swap -x gnnexplainer -n 400 -o epochs=5 --json";

    @Test
    void theExplainerBundle(Aitia aitia) throws IOException {
        // from outside plugins/: in its first rounds the watcher there starts again what a user has just stopped
        Path explainer = moveOut(aitia, "org.aitia.explainer.gnnexplainer");
        try (AitiaSession session = aitia.open()) {
            session.run("start " + explainer.toUri()).succeeded();
            session.run(TRAIN).succeeded();
            String before = masks(session);
            stop(session, "org.aitia.explainer.gnnexplainer");
            assertThat(session.run(EXPLAIN).failedWithOneLine()).contains("unknown explainer 'gnnexplainer'");
            start(session, "org.aitia.explainer.gnnexplainer");
            assertThat(masks(session)).isEqualTo(before);
            update(session, "org.aitia.explainer.gnnexplainer");
            assertThat(masks(session)).isEqualTo(before);
        }
    }

    @Test
    void aDatasetBundle(Aitia aitia) throws IOException {
        Path dataset = moveOut(aitia, "org.aitia.dataset.synthetic");
        try (AitiaSession session = aitia.open()) {
            session.run("start " + dataset.toUri()).succeeded();
            String before = session.run("dataset ba-shapes --json").succeeded().out();
            stop(session, "org.aitia.dataset.synthetic");
            assertThat(session.run("dataset ba-shapes").failedWithOneLine()).contains("unknown dataset 'ba-shapes'");
            start(session, "org.aitia.dataset.synthetic");
            update(session, "org.aitia.dataset.synthetic");
            assertThat(session.run("dataset ba-shapes --json").succeeded().out())
                    .isEqualTo(before);
        }
    }

    @Test
    void theEngineBundle(Aitia aitia) {
        try (AitiaSession session = aitia.open()) {
            session.run(TRAIN).succeeded();
            String before = masks(session);
            stop(session, "org.aitia.engine.pytorch");
            assertThat(session.run(EXPLAIN).failedWithOneLine()).contains("org.aitia.engine.pytorch");
            start(session, "org.aitia.engine.pytorch");
            session.await(EXPLAIN, outcome -> outcome.status() == 0);
            assertThat(masks(session)).isEqualTo(before);
            // What it exports is in use, so its update takes effect with a refresh, and it is stopped meanwhile.
            for (int round = 0; round < 3; round++) {
                stop(session, "org.aitia.engine.pytorch");
                change(session, "update", "org.aitia.engine.pytorch", "Installed");
                change(session, "refresh", "org.aitia.engine.pytorch", "");
                start(session, "org.aitia.engine.pytorch");
                session.await(EXPLAIN, outcome -> outcome.status() == 0);
                assertThat(masks(session)).isEqualTo(before);
            }
        }
    }

    @Test
    void theEngineBundleReinstalled(Aitia aitia) throws IOException {
        try (AitiaSession session = aitia.open()) {
            session.run(TRAIN).succeeded();
            String before = masks(session);
            Path system = aitia.home().resolve("system");
            Path jar = find(system, "org.aitia.engine.pytorch");
            Path copy = Files.copy(jar, aitia.directory().resolve("engine.jar"));
            session.run("uninstall " + id(session, "org.aitia.engine.pytorch")).succeeded();
            // the refresh restarts whoever uses it, so the new one must be there by then
            session.run("install " + copy.toUri()).succeeded();
            session.run("refresh " + id(session, "org.aitia.api")).succeeded();
            start(session, "org.aitia.engine.pytorch");
            session.await(EXPLAIN, outcome -> outcome.status() == 0);
            assertThat(masks(session)).isEqualTo(before);
        }
    }

    @Test
    void bundlesInThePluginsDirectory(Aitia aitia) throws IOException {
        Path explainer = find(aitia.plugins(), "org.aitia.explainer.gnnexplainer");
        try (AitiaSession session = aitia.open()) {
            session.run(TRAIN).succeeded();
            String before = masks(session);
            Path aside = aitia.home().resolve("aside.jar");
            Files.move(explainer, aside);
            session.await("explainers --json", outcome -> !outcome.out().contains("gnnexplainer"));
            assertThat(session.run(EXPLAIN).failedWithOneLine()).contains("unknown explainer 'gnnexplainer'");
            Files.move(aside, explainer, StandardCopyOption.ATOMIC_MOVE);
            session.await("explainers --json", outcome -> outcome.out().contains("gnnexplainer"));
            assertThat(masks(session)).isEqualTo(before);
        }
    }

    @Test
    void aDatasetBundleInThePluginsDirectory(Aitia aitia) throws IOException {
        Path bundle = find(aitia.plugins(), "org.aitia.dataset.synthetic");
        try (AitiaSession session = aitia.open()) {
            String before = session.run("dataset ba-shapes --json").succeeded().out();
            Path aside = aitia.home().resolve("aside.jar");
            Files.move(bundle, aside);
            session.await("datasets --json", outcome -> !outcome.out().contains("\"name\": \"ba-shapes\""));
            assertThat(session.run("dataset ba-shapes").failedWithOneLine()).contains("unknown dataset 'ba-shapes'");
            Files.move(aside, bundle, StandardCopyOption.ATOMIC_MOVE);
            session.await("datasets --json", outcome -> outcome.out().contains("\"name\": \"ba-shapes\""));
            assertThat(session.run("dataset ba-shapes --json").succeeded().out())
                    .isEqualTo(before);
        }
    }

    @Test
    void explainerAndDatasetBundlesReinstalled(Aitia aitia) throws IOException {
        Path explainer = moveOut(aitia, "org.aitia.explainer.gnnexplainer");
        Path dataset = moveOut(aitia, "org.aitia.dataset.synthetic");
        try (AitiaSession session = aitia.open()) {
            session.run("start " + explainer.toUri() + " " + dataset.toUri()).succeeded();
            session.run(TRAIN).succeeded();
            String before = masks(session);
            session.run("uninstall " + id(session, "org.aitia.explainer.gnnexplainer"))
                    .succeeded();
            session.run("uninstall " + id(session, "org.aitia.dataset.synthetic"))
                    .succeeded();
            assertThat(session.run(EXPLAIN).failedWithOneLine()).contains("unknown explainer 'gnnexplainer'");
            assertThat(session.run("dataset ba-shapes").failedWithOneLine()).contains("unknown dataset 'ba-shapes'");
            session.run("start " + explainer.toUri() + " " + dataset.toUri()).succeeded();
            assertThat(masks(session)).isEqualTo(before);
        }
    }

    private static Path moveOut(Aitia aitia, String name) throws IOException {
        return Files.move(find(aitia.plugins(), name), aitia.directory().resolve(name + ".jar"));
    }

    private static void stop(AitiaSession session, String bundle) {
        change(session, "stop", bundle, "Resolved");
    }

    private static void start(AitiaSession session, String bundle) {
        change(session, "start", bundle, "Active");
    }

    private static void update(AitiaSession session, String bundle) {
        change(session, "update", bundle, "Active");
    }

    /** Gogo's commands take numbers, and some of them do not fail when they should. */
    private static void change(AitiaSession session, String command, String bundle, String state) {
        String line = session.run("lb -s " + bundle).succeeded().outLines().stream()
                .filter(l -> l.contains(bundle))
                .findFirst()
                .orElseThrow();
        session.run(command + " " + line.substring(0, line.indexOf('|')).strip())
                .succeeded();
        session.await(
                "lb -s " + bundle,
                outcome -> outcome.outLines().stream().anyMatch(l -> l.contains(bundle) && l.contains("|" + state)));
    }

    private static String id(AitiaSession session, String bundle) {
        String line = session.run("lb -s " + bundle).succeeded().outLines().stream()
                .filter(l -> l.contains(bundle))
                .findFirst()
                .orElseThrow();
        return line.substring(0, line.indexOf('|')).strip();
    }

    private static Path find(Path directory, String name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The masks of one explanation; times and dates of the document differ from run to run. */
    private static String masks(AitiaSession session) {
        String out = session.run(EXPLAIN).succeeded().out();
        return com.google.gson.JsonParser.parseString(out)
                .getAsJsonObject()
                .get("explanations")
                .toString();
    }
}
