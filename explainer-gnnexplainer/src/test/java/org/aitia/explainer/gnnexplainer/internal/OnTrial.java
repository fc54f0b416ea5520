package org.aitia.explainer.gnnexplainer.internal;

import java.util.HashMap;
import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.graph.Graph;
import org.aitia.testkit.tck.TestGraphs;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A GCN on a small undirected graph, for tests of single options. */
abstract class OnTrial {
    static final int CLASSES = 3;
    static final int NODE = 7;

    private Workbench workbench;

    @BeforeEach
    void openWorkbench() {
        workbench = Workbench.open();
    }

    @AfterEach
    void closeWorkbench() {
        workbench.close();
    }

    Workbench workbench() {
        return workbench;
    }

    static Graph graph() {
        return TestGraphs.undirected(30, 50, 5, CLASSES, 1);
    }

    Trial trial() {
        return new Trial(workbench, Workbench.gcn(Task.NODE, graph(), CLASSES, 2), graph());
    }

    /** Options without randomness: all masks begin at 0.5. */
    static Map<String, String> options(String... assignments) {
        Map<String, String> options = new HashMap<>();
        options.put("edgeInitSpread", "none");
        options.put("featureInitDeviation", "0");
        for (String assignment : assignments) {
            String[] parts = assignment.split("=", 2);
            options.put(parts[0], parts[1]);
        }
        return options;
    }
}
