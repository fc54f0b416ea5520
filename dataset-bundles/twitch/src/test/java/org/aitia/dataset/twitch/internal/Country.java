package org.aitia.dataset.twitch.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipOutputStream;
import org.aitia.testkit.data.ZipEntries;

/** A small country in the published form: five nodes, rows in another order, one node twice. */
record Country(String edges, String features, String target) {
    static final Country SMALL = new Country(
            "from,to\n0,1\n1,2\n3,4\n4,0\n",
            "{\"1\": [7, 3169, 7], \"0\": [0], \"2\": [], \"4\": [5, 4], \"3\": [12]}",
            """
            id,days,mature,views,partner,new_id
            900,1,True,10,False,4
            901,2,False,20,True,0
            902,3,False,30,False,2
            903,4,True,40,False,1
            904,5,True,50,False,3
            902,3,False,31,False,2
            """);

    Country withEdges(String text) {
        return new Country(text, features, target);
    }

    Country withFeatures(String text) {
        return new Country(edges, text, target);
    }

    Country withTarget(String text) {
        return new Country(edges, features, text);
    }

    private Map<String, byte[]> files(String code) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(code + "/musae_" + code + "_edges.csv", edges.getBytes(StandardCharsets.UTF_8));
        files.put(code + "/musae_" + code + "_features.json", features.getBytes(StandardCharsets.UTF_8));
        files.put(code + "/musae_" + code + "_target.csv", target.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** Puts the files on a mirror one by one. */
    void writeLoose(Path mirror, String code) throws IOException {
        for (var file : files(code).entrySet()) {
            Path path = mirror.resolve("twitch").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** Puts the files on a mirror as SNAP publishes them, with the clutter of other systems. */
    void writeArchive(Path mirror, String code) throws IOException {
        Files.createDirectories(mirror.resolve("twitch"));
        try (OutputStream out = Files.newOutputStream(mirror.resolve("twitch/twitch.zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (var file : files(code).entrySet()) {
                add(zip, "twitch/" + file.getKey(), file.getValue());
            }
            add(zip, "twitch/README.txt", new byte[] {'?'});
            add(zip, "__MACOSX/twitch/._README.txt", new byte[] {0});
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(ZipEntries.named(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
