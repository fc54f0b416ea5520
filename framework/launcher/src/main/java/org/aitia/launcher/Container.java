package org.aitia.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.launcher.console.Console;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running framework with the bundles of {@code system/} and {@code plugins/}.
 *
 * <p>It starts in two steps. The first brings up the infrastructure, at whose end configuration files are known to Config
 * Admin and plugin jars are installed; the second starts everything else in the order of the start levels. So no
 * component is ever activated without its configuration, and when {@link #start} returns all services are there.
 */
final class Container implements AutoCloseable {

    private static final int STOP_SECONDS = 20;
    private static final String SHELL = "org.aitia.shell";
    private static final String COMMANDS = "(osgi.command.scope=aitia)";

    /** How the resolver names a package that nobody exports. */
    private static final Pattern MISSING_PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]+)\\)");

    private final Settings settings;
    private final BundleCache cache;
    private final Framework framework;
    private volatile boolean closing;
    private boolean closed;

    private Container(Settings settings, BundleCache cache, Framework framework) {
        this.settings = settings;
        this.cache = cache;
        this.framework = framework;
    }

    /** Makes the data directories and the framework, without starting it. */
    static Container create(Settings settings, boolean interactive) {
        Path data = settings.data();
        try {
            for (String name : List.of("log", "models", "datasets", "natives")) {
                Files.createDirectories(data.resolve(name));
            }
            BundleCache cache = BundleCache.create(data.resolve("cache"));
            Framework framework = new Felix(configuration(settings, cache, interactive));
            return new Container(settings, cache, framework);
        } catch (IOException e) {
            throw new LaunchException(
                    LaunchException.START,
                    "cannot write to the data directory " + data + " (" + e + "); set AITIA_DATA to one that can be"
                            + " written",
                    e);
        }
    }

    private static Map<String, Object> configuration(Settings settings, BundleCache cache, boolean interactive)
            throws IOException {
        Map<String, Object> configuration = new HashMap<>();
        Path natives = settings.home().resolve("lib/natives");
        configuration.put(
                "aitia.natives.dir", settings.data().resolve("natives").toString());
        jars(natives).stream().findFirst().ifPresent(jar -> configuration.put("aitia.natives.jar", jar.toString()));
        configuration.put("gosh.home", settings.home() + File.separator);
        configuration.put("felix.fileinstall.dir", watched(settings));
        configuration.put(
                "felix.fileinstall.tmpdir", cache.directory().resolve("install").toString());
        configuration.put("aitia.mode", interactive ? "shell" : "script");
        configuration.putAll(settings.all());
        configuration.put(
                Constants.FRAMEWORK_STORAGE, cache.directory().resolve("felix").toString());
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(StartLevels.INFRASTRUCTURE));
        configuration.put("felix.fileinstall.start.level", Integer.toString(StartLevels.PLUGINS));
        configuration.put("felix.fileinstall.active.level", Integer.toString(StartLevels.COMMANDS));
        configuration.put(FelixConstants.LOG_LOGGER_PROP, Logging.frameworkLogger());
        return configuration;
    }

    private static String watched(Settings settings) {
        return Stream.concat(Stream.of(settings.home().resolve("etc")), pluginDirectories(settings).stream())
                .map(Path::toString)
                .collect(Collectors.joining(","));
    }

    private static List<Path> pluginDirectories(Settings settings) {
        List<Path> directories = new ArrayList<>();
        directories.add(settings.home().resolve("plugins"));
        settings.get("aitia.plugins")
                .map(name -> Path.of(name).toAbsolutePath().normalize())
                .ifPresent(directories::add);
        return directories;
    }

    void start(boolean interactive) throws InterruptedException {
        int target = interactive ? StartLevels.TERMINAL : StartLevels.COMMANDS;
        try {
            framework.init();
            BundleContext context = framework.getBundleContext();
            Logging.forwardLogService(context);
            framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(StartLevels.PLUGINS);
            installSystemBundles(context);
            // Delivered by one thread in order, so all are here when the start level is reached.
            Map<Bundle, Throwable> failures = new ConcurrentHashMap<>();
            context.addFrameworkListener(event -> {
                if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
                    failures.putIfAbsent(event.getBundle(), event.getThrowable());
                }
            });
            framework.start();
            for (Bundle bundle : context.getBundles()) {
                markForStart(bundle); // those that the directory watcher has installed from plugins/
            }
            awaitStartLevel(target);
            context.addBundleListener(new Rewiring(context));
            reportBundlesThatDidNotStart(context, target, failures);
            reportJarsThatAreNoBundles(context);
            if (bringsCommands(context)) {
                awaitService(context, COMMANDS, "the commands of bundle " + SHELL);
            }
        } catch (BundleException | IOException e) {
            throw new LaunchException(LaunchException.START, "the container does not start: " + e.getMessage(), e);
        }
    }

    private void installSystemBundles(BundleContext context) throws IOException, BundleException {
        StartLevels levels = StartLevels.read(settings.home().resolve("etc/startlevels.properties"));
        for (Path jar : jars(settings.home().resolve("system"))) {
            // By reference: the framework reads these jars in place instead of copying them.
            Bundle bundle = context.installBundle("reference:" + jar.toUri());
            bundle.adapt(BundleStartLevel.class).setStartLevel(levels.of(bundle.getSymbolicName()));
            markForStart(bundle);
        }
    }

    /** The framework starts the bundle when it reaches the bundle's start level. */
    private static void markForStart(Bundle bundle) {
        if (bundle.getBundleId() == 0
                || isFragment(bundle)
                || bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
            return;
        }
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            log().error("Bundle {} does not start: {}", bundle.getSymbolicName(), e.getMessage(), e);
        }
    }

    private void awaitStartLevel(int target) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(target, event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                reached.countDown();
            }
        });
        if (!reached.await(timeout(), TimeUnit.SECONDS)) {
            throw new LaunchException(
                    LaunchException.START, "the bundles did not start within " + timeout() + " s; see " + logFile());
        }
    }

    private void reportBundlesThatDidNotStart(BundleContext context, int target, Map<Bundle, Throwable> failures) {
        for (Bundle bundle : context.getBundles()) {
            boolean up = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
            boolean due = bundle.adapt(BundleStartLevel.class).getStartLevel() <= target;
            if (due && !up && !isFragment(bundle)) {
                String reason = Optional.ofNullable(failures.get(bundle))
                        .map(Container::reason)
                        .orElse("it was not asked to");
                log().warn("bundle {} did not start: {}; see {}", bundle.getSymbolicName(), reason, logFile());
            }
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        Matcher missing = MISSING_PACKAGE.matcher(message);
        return missing.find() ? "no bundle has package " + missing.group(1) : message;
    }

    /** The directory watcher passes over jars that are no bundles without a word. */
    private void reportJarsThatAreNoBundles(BundleContext context) throws IOException {
        Set<String> installed =
                Arrays.stream(context.getBundles()).map(Bundle::getLocation).collect(Collectors.toSet());
        for (Path directory : pluginDirectories(settings)) {
            for (Path jar : jars(directory)) {
                if (!installed.contains(jar.toFile().toURI().toString())) {
                    log().warn("{} is ignored: it is not an OSGi bundle, or damaged", jar);
                }
            }
        }
    }

    private static List<Path> jars(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean bringsCommands(BundleContext context) {
        for (Bundle bundle : context.getBundles()) {
            if (SHELL.equals(bundle.getSymbolicName())) {
                return bundle.getState() == Bundle.ACTIVE && bundle.getHeaders().get("Service-Component") != null;
            }
        }
        return false;
    }

    private void awaitService(BundleContext context, String filterText, String what) throws InterruptedException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, filter(filterText), null);
        tracker.open();
        try {
            if (tracker.waitForService(TimeUnit.SECONDS.toMillis(timeout())) == null) {
                throw new LaunchException(
                        LaunchException.START, what + " did not come up within " + timeout() + " s; see " + logFile());
            }
        } finally {
            tracker.close();
        }
    }

    private static Filter filter(String text) {
        try {
            return FrameworkUtil.createFilter(text);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private int timeout() {
        return settings.number("aitia.start.timeout", 60);
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    }

    Console console() {
        BundleContext context = framework.getBundleContext();
        ServiceReference<Console> reference = context.getServiceReference(Console.class);
        if (reference == null) {
            throw new LaunchException(
                    LaunchException.START,
                    "bundle org.aitia.console, which runs commands, is not up; see " + logFile());
        }
        return context.getService(reference);
    }

    /** Whether the process was told to end, so that commands fail for no fault of theirs. */
    boolean isClosing() {
        return closing;
    }

    Path logFile() {
        return settings.log().resolve("aitia.log");
    }

    /** Returns when the framework has stopped, for example because the shell was left. */
    void await() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** Stops the bundles in order and removes the framework's cache; further calls wait and do nothing. */
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            if (!closed) {
                closed = true;
                stop();
            }
        }
    }

    private void stop() {
        try {
            framework.stop();
            FrameworkEvent event = framework.waitForStop(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            if (event.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                log().error("The container did not stop within {} s", STOP_SECONDS);
            }
            cache.close();
        } catch (BundleException | IOException e) {
            log().warn("The container did not stop cleanly: {}", e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Container.class);
    }
}
