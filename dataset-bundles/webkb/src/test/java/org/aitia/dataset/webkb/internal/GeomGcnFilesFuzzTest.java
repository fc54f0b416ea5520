package org.aitia.dataset.webkb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.aitia.api.AitiaException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.GraphBuilder;
import org.aitia.formats.ByteSource;
import org.aitia.testkit.data.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a file, the answer is data or one clear error. */
class GeomGcnFilesFuzzTest {
    private static final int SEEDS = 300;
    private static final byte[] LISTED =
            bytes("node_id\tfeature(feature_amount:931)\tlabel\n2\t7,931,7\t0\n0\t0\t1\n1\t\t0\n3\t5,4\t1\n");
    private static final byte[] FULL =
            bytes("node_id\tfeature\tlabel\n2\t1,0,0\t0\n0\t0,0,0\t1\n1\t1,1,1\t0\n3\t0,0,1\t1\n");
    private static final byte[] EDGES = bytes("node_id\tnode_id\n0\t1\n1\t2\n0\t1\n3\t3\n");

    @ParameterizedTest
    @EnumSource
    void damageIsAnErrorOrData(Damage damage) {
        int refused = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] nodes = seed % 2 == 0 ? LISTED : FULL;
            boolean damagesNodes = seed % 3 > 0;
            try {
                Graph graph = damagesNodes ? read(damage.of(nodes, seed), EDGES) : read(nodes, damage.of(EDGES, seed));
                assertThat(graph.nodeCount()).isPositive();
            } catch (AitiaException e) {
                assertThat(e).hasMessageStartingWith("file ").hasMessageNotContaining("\n");
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError(damage + " with seed " + seed, e);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void byteOrderMarksAndMixedLineEndsChangeNothing() {
        for (int seed = 0; seed < 20; seed++) {
            Graph graph = read(Damage.foreign(LISTED, seed), Damage.foreign(EDGES, seed));
            assertThat(graph.nodeCount()).isEqualTo(4);
            assertThat(graph.edgeCount()).isEqualTo(3);
            assertThat(graph.features().storedValues()).isEqualTo(5);
        }
    }

    private static Graph read(byte[] nodes, byte[] edges) {
        NodeTable table = NodeTable.read(ByteSource.of("nodes.txt", nodes), TaskMonitor.NONE);
        GraphBuilder builder = Graph.builder(table.labels().length).features(table.features());
        EdgeList.read(ByteSource.of("edges.txt", edges), table.labels().length, false, builder, TaskMonitor.NONE);
        return builder.build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
