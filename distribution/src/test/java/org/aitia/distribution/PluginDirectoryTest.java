package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.aitia.testkit.container.Outcome;
import org.junit.jupiter.api.Test;

/** Jars come and go in {@code plugins/} while the container runs. */
@AitiaContainer
class PluginDirectoryTest {

    private static final String NAME = "org.example.plugin";
    private static final String LIST = "lb -s " + NAME;

    @Test
    void aDroppedJarIsStartedReplacedAndRemoved(Aitia aitia) throws IOException {
        try (AitiaSession session = aitia.open()) {
            drop(aitia, "1.0.0");
            session.await(LIST, outcome -> hasActive(outcome, "1.0.0"));
            drop(aitia, "1.1.0");
            session.await(LIST, outcome -> hasActive(outcome, "1.1.0"));
            Files.delete(jar(aitia));
            session.await(LIST, outcome -> !outcome.out().contains(NAME));
        }
    }

    @Test
    void aJarThatIsThereAtTheStartIsReadyForTheFirstCommand(Aitia aitia) throws IOException {
        drop(aitia, "1.0.0");
        assertThat(hasActive(aitia.run(LIST).succeeded(), "1.0.0")).isTrue();
    }

    @Test
    void aBrokenJarIsReportedInOneLineAndHurtsNobody(Aitia aitia) throws IOException {
        Files.writeString(aitia.plugins().resolve("broken.jar"), "not a jar");
        Outcome outcome = aitia.run("echo fine").succeeded();
        assertThat(outcome.outLines()).containsExactly("fine");
        assertThat(outcome.errLines()).singleElement().asString().contains("broken.jar is ignored");
    }

    @Test
    void aPluginThatLacksAnImportIsReportedInOneLineAndHurtsNobody(Aitia aitia) throws IOException {
        drop(aitia, "1.0.0", "org.example.missing");
        Outcome outcome = aitia.run("echo fine").succeeded();
        assertThat(outcome.outLines()).containsExactly("fine");
        assertThat(outcome.errLines()).singleElement().asString().contains(NAME, "org.example.missing");
    }

    @Test
    void configurationFilesReachConfigAdminBeforeTheFirstCommand(Aitia aitia) throws IOException {
        Files.writeString(aitia.home().resolve("etc/org.example.pid.cfg"), "answer = 42\n");
        String show =
                "cm = $.context getService ($.context getServiceReference org.osgi.service.cm.ConfigurationAdmin);"
                        + " c = $cm getConfiguration org.example.pid '?'; ($c getProperties) get answer";
        assertThat(aitia.run(show).succeeded().outLines()).containsExactly("42");
    }

    private static boolean hasActive(Outcome outcome, String version) {
        return outcome.outLines().stream()
                .anyMatch(line -> line.contains(NAME) && line.contains("|Active") && line.endsWith("|" + version));
    }

    /** Written beside and moved, so that the watcher never sees half a jar. */
    private static void drop(Aitia aitia, String version, String... imports) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", NAME);
        main.putValue("Bundle-Version", version);
        if (imports.length > 0) {
            main.putValue("Import-Package", String.join(",", imports));
        }
        Path part = aitia.plugins().resolve("example.part");
        try (OutputStream file = Files.newOutputStream(part);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.finish();
        }
        Files.move(part, jar(aitia), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path jar(Aitia aitia) {
        return aitia.plugins().resolve("example.jar");
    }
}
