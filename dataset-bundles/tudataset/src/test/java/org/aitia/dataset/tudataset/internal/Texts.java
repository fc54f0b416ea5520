package org.aitia.dataset.tudataset.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipOutputStream;
import org.aitia.formats.ByteSource;
import org.aitia.formats.FileSet;
import org.aitia.testkit.data.ZipEntries;

/** Files in memory, of which single ones can be changed. */
record Texts(TreeMap<String, byte[]> files) implements FileSet {
    /** Two molecules of class 1 and 2: a triangle with a tail, and a pair. */
    static Texts small(String name) {
        return new Texts(new TreeMap<>())
                .with(name + "_A.txt", "1, 2\n2, 1\n2, 3\n3, 2\n3, 1\n1, 3\n3, 4\n4, 3\n5, 6\n6, 5\n")
                .with(name + "_graph_indicator.txt", "1\n1\n1\n1\n2\n2\n")
                .with(name + "_graph_labels.txt", "2\n1\n")
                .with(name + "_node_labels.txt", "0\n0\n3\n1\n0\n1\n")
                .with(name + "_node_attributes.txt", "1.5, 0\n 2, 0\n-3e2, 1\n4, 0\n5, 0\n6, 0\n")
                .with(name + "_edge_labels.txt", "0\n0\n1\n1\n0\n0\n2\n2\n1\n1\n")
                .with(name + "_edge_attributes.txt", ".1\n.1\n.2\n.2\n.3\n.3\n.4\n.4\n.5\n.5\n");
    }

    Texts with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Texts with(String path, byte[] bytes) {
        TreeMap<String, byte[]> changed = new TreeMap<>(files);
        changed.put(path, bytes);
        return new Texts(changed);
    }

    Texts without(String... paths) {
        TreeMap<String, byte[]> changed = new TreeMap<>(files);
        for (String path : paths) {
            changed.remove(path);
        }
        return new Texts(changed);
    }

    String text(String path) {
        return new String(files.get(path), StandardCharsets.UTF_8);
    }

    void writeFolder(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** Writes an archive as Macs do: a folder around everything, and clutter. */
    void writeZip(Path file, String folder) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                add(zip, folder + "/" + entry.getKey(), entry.getValue());
                add(zip, "__MACOSX/" + folder + "/._" + entry.getKey().replace('/', '_'), new byte[] {0});
            }
            add(zip, folder + "/.DS_Store", new byte[] {0});
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(ZipEntries.named(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Set<String> paths() {
        return files.keySet();
    }

    @Override
    public Optional<ByteSource> find(String path) {
        return Optional.ofNullable(files.get(path)).map(bytes -> ByteSource.of(path, bytes));
    }

    @Override
    public void close() {
        // nothing is open
    }
}
