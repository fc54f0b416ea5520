package org.aitia.dataset.usergraph.internal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.option.OptionSpec;
import org.aitia.testkit.tck.DatasetProviderContract;
import org.junit.jupiter.api.io.TempDir;

/** The contract is about data sets that load without options; here one that has its path already. */
class UserGraphsContractTest extends DatasetProviderContract {
    @TempDir
    Path temp;

    @Override
    protected DatasetProvider provider() {
        StringBuilder nodes = new StringBuilder("id,x,city,label\n");
        StringBuilder edges = new StringBuilder("source,target,truth\n");
        for (int v = 0; v < 40; v++) {
            nodes.append(v)
                    .append(',')
                    .append(v * 0.5)
                    .append(v % 3 == 0 ? ",Rome," : ",Oslo,")
                    .append(v % 2)
                    .append('\n');
            edges.append(v).append(',').append((v + 1) % 40).append(v < 3 ? ",1\n" : ",0\n");
        }
        Path path = UserFiles.folder(temp, "nodes.csv", nodes.toString(), "edges.csv", edges.toString());
        return new WithPath(path.toString());
    }

    private record WithPath(String path) implements DatasetProvider {
        private static final UserGraphs GRAPHS = new UserGraphs();

        @Override
        public List<DatasetInfo> datasets() {
            return List.of(load("user-graph", Map.of(), TaskMonitor.NONE).info());
        }

        @Override
        public List<OptionSpec> options(String name) {
            return GRAPHS.options(name);
        }

        @Override
        public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
            Map<String, String> all = new LinkedHashMap<>(options);
            all.put("path", path);
            Dataset loaded = GRAPHS.load(name, all, monitor);
            Dataset.Builder as = Dataset.builder(loaded.info())
                    .options(options)
                    .graph(loaded.graph())
                    .classNames(loaded.classNames())
                    .groundTruth(loaded.groundTruth().orElseThrow());
            loaded.splits().forEach(as::split);
            return as.build();
        }
    }
}
