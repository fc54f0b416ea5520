package org.aitia.engine.pytorch.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.aitia.engine.pytorch.integration.client.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundle as built, in Felix: found natives, service, and many lives in one process. */
class EngineBundleTest {
    private static final String RESULT = "2.7.1 mask 0.5 report 0 alive ";

    @TempDir
    Path directory;

    private Framework framework;
    private Bundle engine;
    private Bundle client;

    @BeforeEach
    void start() throws BundleException, IOException {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(
                Constants.FRAMEWORK_STORAGE, directory.resolve("cache").toString());
        configuration.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "org.slf4j;version=2.0.17,org.slf4j.event;version=2.0.17,org.slf4j.helpers;version=2.0.17,"
                        + "org.slf4j.spi;version=2.0.17,org.apache.commons.text.similarity;version=1.15.0");
        configuration.put("felix.log.level", "1");
        configuration.put("aitia.natives.jar", jar("pytorch-native").toString());
        configuration.put("aitia.natives.dir", directory.resolve("natives").toString());
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(configuration);
        framework.start();
        for (String name : List.of(
                "org.osgi.util.function",
                "org.osgi.util.promise",
                "org.osgi.service.component-",
                "org.apache.felix.scr",
                "org.aitia.api")) {
            install(jar(name));
        }
        engine = install(Path.of(System.getProperty("aitia.bundle")));
        client = framework.getBundleContext().installBundle("client", client());
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            bundle.start();
        }
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(30_000);
    }

    private Bundle install(Path jar) throws BundleException {
        return framework.getBundleContext().installBundle(jar.toUri().toString());
    }

    private static Path jar(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " on the class path"));
    }

    /** Packs the client's class into a bundle. */
    private static InputStream client() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "client");
        headers.putValue("Bundle-Activator", Client.class.getName());
        headers.putValue(
                "Import-Package",
                "org.osgi.framework,org.aitia.api.engine,ai.djl,ai.djl.ndarray,ai.djl.ndarray.types,ai.djl.util");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String resource = Client.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                InputStream content = Client.class.getClassLoader().getResourceAsStream(resource)) {
            jar.putNextEntry(new JarEntry(resource));
            content.transferTo(jar);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private String compute() throws Exception {
        BundleContext context = framework.getBundleContext();
        ServiceReference<?> reference = context.getServiceReference(Callable.class);
        Callable<?> service = (Callable<?>) context.getService(reference);
        String result = (String) service.call();
        context.ungetService(reference);
        return result;
    }

    private void refresh() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(null, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void theBundleLivesManyTimesInOneProcess() throws Exception {
        assertThat(compute()).startsWith(RESULT);

        engine.stop();
        assertThat(compute()).isEqualTo("no engine");
        engine.start();
        assertThat(compute()).startsWith(RESULT);

        Path built = Path.of(System.getProperty("aitia.bundle"));
        for (int round = 0; round < 6; round++) {
            if (round % 2 == 0) {
                // Stopped first: until the refresh the API is still wired to the old DJL, and a new one cannot start.
                engine.stop();
                try (InputStream update = Files.newInputStream(built)) {
                    engine.update(update);
                }
                refresh();
                engine.start();
            } else {
                engine.uninstall();
                refresh();
                engine = install(built);
                engine.start();
                client.start();
            }
            assertThat(compute()).as("round %d", round).startsWith(RESULT);
        }
    }

    @Test
    void theEngineDoesNotHoldOnToItsUsers() throws Exception {
        assertThat(compute()).startsWith(RESULT);
        WeakReference<ClassLoader> user =
                new WeakReference<>(client.adapt(BundleWiring.class).getClassLoader());

        client.update(client());
        refresh();

        assertThat(compute()).startsWith(RESULT);
        for (int i = 0; i < 100 && user.get() != null; i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertThat(user.get()).isNull();
    }
}
