package org.aitia.dataset.usergraph.internal;

import static org.aitia.dataset.usergraph.internal.UserFiles.folder;
import static org.aitia.dataset.usergraph.internal.UserFiles.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserGraphsTest {
    private static final String NODES = "id,x,label\na,1,p\nb,2,q\nc,3,p\n";
    private static final String EDGES = "source,target\na,b\nb,c\n";

    @TempDir
    Path temp;

    private static Map<String, byte[]> entries(String... files) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < files.length; i += 2) {
            entries.put(files[i], files[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return entries;
    }

    @Test
    void zipIsTheSameAsTheFolder() {
        Dataset folder = load(folder(temp.resolve("my graph"), "nodes.csv", NODES, "edges.csv", EDGES));
        Dataset zip = load(
                UserFiles.zip(temp.resolve("my graph.zip"), entries("g/nodes.csv", NODES, "g/edges.csv", EDGES), true));
        assertThat(zip.digest()).isEqualTo(folder.digest());
    }

    @Test
    void pathMayBeRelative() {
        Path folder = folder(temp.resolve("my graph"), "nodes.csv", NODES, "edges.csv", EDGES);
        Path relative = Path.of("").toAbsolutePath().relativize(folder);
        Dataset dataset = load(relative);
        assertThat(dataset.digest()).isEqualTo(load(folder).digest());
        assertThat(dataset.options()).containsExactly(Map.entry("path", relative.toString()));
    }

    @Test
    void pathsThatLeadNowhereAreRefused() {
        assertThatThrownBy(() -> new UserGraphs().load("user-graph", Map.of(), TaskMonitor.NONE))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("data set 'user-graph' needs option path: a folder with nodes.csv and edges.csv, a zip of"
                        + " one, a .graphml file or an .npz file; for example -D path=mygraph");
        assertThatThrownBy(() -> load(temp.resolve("nothing")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option path: expected a folder with nodes.csv and edges.csv, a zip of one, a .graphml file"
                        + " or an .npz file, found nothing at '" + temp.resolve("nothing") + "'; correct the path");
        assertThatThrownBy(() -> load(Path.of("no such folder")))
                .hasMessageContaining("(that is " + Path.of("no such folder").toAbsolutePath() + ")");
        assertThatThrownBy(() -> load(UserFiles.file(temp.resolve("graph.xlsx"), "?")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageEndingWith("found '" + temp.resolve("graph.xlsx") + "'; convert it first");
    }

    @Test
    void archivesThatPointOutOfThemselvesOrAreBombsAreRefused() {
        assertThatThrownBy(() -> load(UserFiles.zip(
                        temp.resolve("out.zip"), entries("../nodes.csv", NODES, "edges.csv", EDGES), true)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("points out of it");
        Map<String, byte[]> bomb = entries("edges.csv", EDGES);
        bomb.put("nodes.csv", new byte[64 << 20]);
        assertThatThrownBy(() -> load(UserFiles.zip(temp.resolve("bomb.zip"), bomb, true)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("zip bomb");
        assertThatThrownBy(() -> load(UserFiles.file(temp.resolve("text.zip"), "no archive")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("a zip archive");
    }
}
