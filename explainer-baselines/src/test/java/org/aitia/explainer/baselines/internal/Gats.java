package org.aitia.explainer.baselines.internal;

import java.util.Map;
import org.aitia.api.Task;
import org.aitia.api.graph.Graph;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelShape;
import org.aitia.testkit.tck.Workbench;

/** Models with attention. */
final class Gats {
    private Gats() {}

    static GnnModel create(Task task, Graph graph, int classes, int layers) {
        return Workbench.architecture("gat")
                .create(
                        new ModelShape(task, graph.features().columns(), classes),
                        Map.of("layers", Integer.toString(layers), "hidden", "3", "heads", "2", "outHeads", "2"),
                        7);
    }
}
