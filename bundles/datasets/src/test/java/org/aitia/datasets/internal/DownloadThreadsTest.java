package org.aitia.datasets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.DatasetCache;
import org.aitia.api.dataset.DatasetCache.RemoteFile;
import org.aitia.api.dataset.DatasetInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DownloadThreadsTest {
    @TempDir
    private Path folder;

    /** As an update of the bundle needs it: the HTTP client's threads must not keep the old class loader. */
    @Test
    @Timeout(60)
    void classLoaderIsFreeSoonAfterADownload() throws Exception {
        try (FileServer server = new FileServer().file("/club.txt", new byte[] {1, 2, 3})) {
            WeakReference<ClassLoader> loader = downloadInAClassLoaderOfItsOwn(server);
            while (loader.get() != null) {
                System.gc();
                Thread.sleep(50);
            }
            assertThat(loader.get()).isNull();
        }
    }

    private WeakReference<ClassLoader> downloadInAClassLoaderOfItsOwn(FileServer server) throws Exception {
        URL classes =
                FileDatasetCache.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new OwnClasses(classes)) {
            DatasetCache cache = (DatasetCache) loader.loadClass(FileDatasetCache.class.getName())
                    .getConstructor(Path.class, String.class)
                    .newInstance(folder, "");
            assertThat(cache).isNotInstanceOf(FileDatasetCache.class);
            DatasetInfo info = new DatasetInfo("karate", "Karate", "", Task.NODE, "here", "", "none", false);
            RemoteFile file = new RemoteFile("karate/club.txt", server.address("/club.txt"), Optional.empty());
            assertThat(cache.fetch(info, List.of(file), TaskMonitor.NONE).get(0))
                    .hasBinaryContent(new byte[] {1, 2, 3});
            return new WeakReference<>(loader);
        }
    }

    /** Loads the bundle's classes itself, as a bundle does, and takes all others from outside. */
    private static final class OwnClasses extends URLClassLoader {
        OwnClasses(URL classes) {
            super(new URL[] {classes}, DownloadThreadsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith("org.aitia.datasets.") && findLoadedClass(name) == null) {
                    return findClass(name);
                }
            }
            return super.loadClass(name, resolve);
        }
    }
}
