package org.aitia.dataset.usergraph.internal;

import static org.aitia.dataset.usergraph.internal.UserFiles.folder;
import static org.aitia.dataset.usergraph.internal.UserFiles.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.graph.Graph;
import org.aitia.api.graph.SparseFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableGraphTest {
    private static final String NODES = """
            id,age,city,label
            ann,31,Rome,yes
            bob,25.5,Oslo,no
            cid,47,Rome,no
            dee,52,Bonn,
            """;
    private static final String EDGES = """
            source,target
            ann,bob
            bob,cid
            cid,dee
            """;

    @TempDir
    Path temp;

    private Path people() {
        return folder(temp.resolve("my graph"), "nodes.csv", NODES, "edges.csv", EDGES);
    }

    private static float[] row(Graph graph, int node) {
        float[] row = new float[graph.features().columns()];
        graph.features().copyRow(node, row, 0);
        return row;
    }

    private static List<String> featureNames(Dataset dataset) {
        return IntStream.range(0, dataset.featureCount())
                .mapToObj(dataset::featureName)
                .toList();
    }

    @Test
    void folderOfTwoTablesNeedsNoDescriptor() {
        Dataset people = load(people());
        assertThat(people.info().task()).isEqualTo(Task.NODE);
        assertThat(people.graph().nodeCount()).isEqualTo(4);
        assertThat(people.graph().edgeCount()).isEqualTo(6); // both directions of three lines
        assertThat(people.graph().isUndirected()).isTrue();
        assertThat(people.graph().nodeName(3)).contains("dee");
        assertThat(people.classNames()).containsExactly("no", "yes");
        assertThat(people.label(0)).isEqualTo(1);
        assertThat(people.label(3)).isEqualTo(-1);
        assertThat(featureNames(people)).containsExactly("age", "city=Bonn", "city=Oslo", "city=Rome");
        assertThat(row(people.graph(), 1)).containsExactly(25.5f, 0, 1, 0);
        assertThat(people.splits().keySet()).containsExactly("random");
    }

    @Test
    void whatWasGuessedIsSaid() {
        List<String> messages = new ArrayList<>();
        Dataset people = load(people(), new Listener(messages));
        assertThat(messages)
                .containsExactly("user-graph: " + temp.resolve("my graph")
                        + " read as undirected; features: age numeric, city categorical (3 values); classes: no, yes");
        assertThat(people.info().description()).contains("age numeric, city categorical (3 values)");
    }

    private record Listener(List<String> messages) implements TaskMonitor {
        @Override
        public void progress(String stage, long done, long total) {
            // not of interest
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void message(String text) {
            messages.add(text);
        }
    }

    @Test
    void descriptorNamesColumnsAndRules() {
        Path path = folder(
                temp.resolve("described"),
                "people.csv",
                "name,age,shoe,code,species,part\na,,40,7,dog,train\nb,30,,8,cat,test\nc,50,44,7,dog,val\n",
                "edges.csv",
                "knows,known,strength,kind\na,b,0.5,x\nb,c,2,y\na,b,3,z\n",
                "graph.json",
                """
                {
                  "title": "People", "licence": "CC0", "citation": "me", "origin": "my desk", "directed": true,
                  "classes": ["cat", "dog"], "normalization": "none",
                  "nodes": {
                    "file": "people.csv", "id": "name", "label": "species", "split": "part",
                    "columns": {
                      "age": {"kind": "numeric", "missing": "mean"},
                      "shoe": {"kind": "numeric", "missing": "category"},
                      "code": "categorical"
                    }
                  },
                  "edges": {"source": "knows", "target": "known", "weight": "strength"}
                }
                """);
        Dataset described = load(path);
        Graph graph = described.graph();
        assertThat(described.info().title()).isEqualTo("People");
        assertThat(described.info().licence()).isEqualTo("CC0");
        assertThat(described.info().citation()).isEqualTo("me");
        assertThat(described.info().origin()).isEqualTo("my desk");
        assertThat(described.classNames()).containsExactly("cat", "dog");
        assertThat(featureNames(described)).containsExactly("age", "shoe", "shoe missing", "code=7", "code=8");
        assertThat(row(graph, 0)).containsExactly(40, 40, 0, 1, 0);
        assertThat(row(graph, 1)).containsExactly(30, 0, 1, 0, 1);
        assertThat(described.split().train()).containsExactly(0);
        assertThat(described.split().validation()).containsExactly(2);
        assertThat(described.split().test()).containsExactly(1);
        assertThat(described.splits().keySet().iterator().next()).isEqualTo("given");
        assertThat(graph.edgeCount()).isEqualTo(2);
        assertThat(graph.edgeWeight(graph.edge(0, 1))).isEqualTo(0.5f); // the first of two
        assertThat(graph.edge(1, 0)).isEqualTo(-1);
        assertThat(IntStream.range(0, described.edgeFeatureCount()).mapToObj(described::edgeFeatureName))
                .containsExactly("kind=x", "kind=y", "kind=z");
        assertThat(graph.edgeFeatures().value(graph.edge(0, 1), 0)).isEqualTo(1);
        assertThat(graph.edgeFeatures().value(graph.edge(1, 2), 1)).isEqualTo(1);
    }

    @Test
    void bothDirectionsOfAnEdgeHaveItsFeaturesAndWeight() {
        Path path = folder(
                temp.resolve("weighted"),
                "nodes.csv",
                "id,x\n0,1\n1,2\n",
                "edges.csv",
                "source,target,weight,length\n0,1,3,7\n1,1,4,8\n");
        Graph graph = load(path).graph();
        assertThat(graph.edgeCount()).isEqualTo(3);
        assertThat(graph.nodeName(0)).isEmpty(); // the ids are the numbers
        for (int[] edge : new int[][] {{0, 1, 3, 7}, {1, 0, 3, 7}, {1, 1, 4, 8}}) {
            int e = graph.edge(edge[0], edge[1]);
            assertThat(graph.edgeWeight(e)).isEqualTo(edge[2]);
            assertThat(graph.edgeFeatures().value(e, 0)).isEqualTo(edge[3]);
        }
    }

    private Path withDescriptor(String nodes, String edges, String json) {
        return folder(temp.resolve("g"), "nodes.csv", nodes, "edges.csv", edges, "graph.json", json);
    }

    @Test
    void featuresAreNormalizedAsDeclared() {
        String nodes = "id,a,b\n0,1,3\n1,3,5\n";
        Graph rows = load(withDescriptor(nodes, "source,target\n", "{\"normalization\": \"row\"}"))
                .graph();
        assertThat(row(rows, 0)).containsExactly(0.25f, 0.75f);
        Graph standard = load(withDescriptor(nodes, "source,target\n", "{\"normalization\": \"standard\"}"))
                .graph();
        assertThat(row(standard, 0)).containsExactly(-1, -1);
        assertThat(row(standard, 1)).containsExactly(1, 1);
    }

    @Test
    void manyCategoriesAreStoredSparse() {
        String nodes = "id,word\n"
                + IntStream.range(0, 60).mapToObj(i -> i + ",w" + i + "\n").collect(Collectors.joining());
        Dataset words = load(folder(temp.resolve("words"), "nodes.csv", nodes, "edges.csv", "source,target\n0,1\n"));
        assertThat(words.graph().features()).isInstanceOf(SparseFeatures.class);
        assertThat(words.featureCount()).isEqualTo(60);
        assertThat(words.graph().features().storedValues()).isEqualTo(60);
    }

    @Test
    void edgesAloneMakeAGraphWithAConstantFeature() {
        Dataset bare = load(folder(temp.resolve("bare"), "edges.csv", "from,to\nx,y\ny,z\n"));
        assertThat(bare.graph().nodeCount()).isEqualTo(3);
        assertThat(bare.graph().nodeName(2)).contains("z");
        assertThat(featureNames(bare)).containsExactly("constant");
        assertThat(row(bare.graph(), 2)).containsExactly(1);
        assertThat(bare.classNames()).isEmpty();
        assertThat(bare.splits()).isEmpty();
    }

    @Test
    void classesThatAreNumbersAreInTheOrderOfNumbers() {
        Dataset numbers = load(
                folder(temp.resolve("n"), "nodes.csv", "id,y\na,10\nb,9\nc,10\n", "edges.csv", "source,target\na,b\n"));
        assertThat(numbers.classNames()).containsExactly("9", "10");
        assertThat(numbers.label(0)).isEqualTo(1);
    }

    @Test
    void severalGraphsAreAGraphTask() {
        Path path = folder(
                temp.resolve("molecules"),
                "nodes.csv",
                "id,graph_id,atom\n1,m1,C\n2,m1,O\n1,m2,C\n2,m2,C\n3,m2,N\n",
                "edges.csv",
                "source,target,graph_id,truth\n1,2,m1,1\n1,2,m2,0\n2,3,m2,1\n",
                "graphs.csv",
                "id,label,split\nm1,toxic,train\nm2,safe,test\n");
        Dataset molecules = load(path);
        assertThat(molecules.info().task()).isEqualTo(Task.GRAPH);
        assertThat(molecules.graphs()).extracting(Graph::nodeCount).containsExactly(2, 3);
        assertThat(molecules.graphs()).extracting(Graph::edgeCount).containsExactly(2, 4);
        assertThat(molecules.classNames()).containsExactly("safe", "toxic");
        assertThat(molecules.label(0)).isEqualTo(1);
        assertThat(molecules.split().test()).containsExactly(1);
        assertThat(row(molecules.graphs().get(1), 2)).containsExactly(0, 1, 0);
        GroundTruth truth = molecules.groundTruth().orElseThrow();
        Graph second = molecules.graphs().get(1);
        BitSet expected = new BitSet();
        expected.set(second.edge(1, 2));
        expected.set(second.edge(2, 1));
        assertThat(truth.edges(1)).isEqualTo(expected);
        assertThat(truth.alternatives(1)).hasSize(1);
        assertThat(truth.alternatives(1).get(0).nodes().stream()).containsExactly(1, 2);
    }

    @Test
    void truthOfANodeIsWhatHangsTogetherWithIt() {
        Path path = folder(
                temp.resolve("truth"),
                "nodes.csv",
                "id,label\n0,a\n1,a\n2,b\n3,b\n4,b\n",
                "edges.csv",
                "source,target,truth\n0,1,true\n1,2,false\n2,3,true\n3,4,true\n");
        GroundTruth truth = load(path).groundTruth().orElseThrow();
        assertThat(truth.alternatives(0).get(0).nodes().stream()).containsExactly(0, 1);
        assertThat(truth.alternatives(4).get(0).nodes().stream()).containsExactly(2, 3, 4);
        assertThat(truth.alternatives(4).get(0).edges().cardinality()).isEqualTo(4);
        assertThat(truth.edges(0).cardinality()).isEqualTo(6);
    }

    @Test
    void candidateLinksAreALinkTask() {
        Path path = folder(
                temp.resolve("links"),
                "nodes.csv",
                "id,x\na,1\nb,2\nc,3\n",
                "edges.csv",
                "source,target\na,b\n",
                "links.csv",
                "source,target,label,split\na,c,1,train\nb,c,0,test\n");
        Dataset links = load(path);
        assertThat(links.info().task()).isEqualTo(Task.LINK);
        assertThat(links.instanceCount()).isEqualTo(2);
        assertThat(links.linkTarget(1)).isEqualTo(2);
        assertThat(links.label(0)).isEqualTo(1);
        assertThat(links.split().train()).containsExactly(0);
    }

    @Test
    void randomSplitDividesEveryClassAndFollowsItsSeed() {
        String nodes = "id,label\n"
                + IntStream.range(0, 100)
                        .mapToObj(i -> i + "," + (i < 20 ? "rare" : "common") + "\n")
                        .collect(Collectors.joining());
        Path path = folder(temp.resolve("split"), "nodes.csv", nodes, "edges.csv", "source,target\n0,1\n");
        Dataset dataset = load(path);
        assertThat(dataset.split().train()).hasSize(60);
        assertThat(dataset.split().test()).hasSize(20);
        assertThat(Arrays.stream(dataset.split().train()).filter(i -> i < 20)).hasSize(12);
        assertThat(Arrays.stream(dataset.split().test()).filter(i -> i < 20)).hasSize(4);
        assertThat(load(path).digest()).isEqualTo(dataset.digest());
        Dataset other =
                new UserGraphs().load("user-graph", Map.of("path", path.toString(), "seed", "1"), TaskMonitor.NONE);
        assertThat(other.split().train()).isNotEqualTo(dataset.split().train());
    }

    @Test
    void smallClassesAreLearntFromAndTestedOn() {
        Dataset small = load(folder(
                temp.resolve("small"),
                "nodes.csv",
                "id,label\n0,a\n1,a\n2,a\n3,b\n4,b\n5,c\n",
                "edges.csv",
                "source,target\n0,1\n"));
        assertThat(Arrays.stream(small.split().train()).map(small::label)).containsExactlyInAnyOrder(0, 0, 1, 2);
        assertThat(Arrays.stream(small.split().test()).map(small::label)).containsExactlyInAnyOrder(0, 1);
        assertThat(small.split().validation()).isEmpty();
    }

    @Test
    void orderOfClassesAndCategoriesDoesNotDependOnThatOfLines() {
        Dataset one = load(folder(
                temp.resolve("one"), "nodes.csv", "id,c,label\n0,x,p\n1,y,q\n", "edges.csv", "source,target\n0,1\n"));
        Dataset two = load(folder(
                temp.resolve("two"), "nodes.csv", "id,c,label\n0,y,q\n1,x,p\n", "edges.csv", "source,target\n0,1\n"));
        assertThat(one.classNames()).isEqualTo(two.classNames());
        assertThat(row(one.graph(), 0)).isEqualTo(row(two.graph(), 1));
    }

    @Test
    void lineEndsByteOrderMarksAndQuotesMakeNoDifference() {
        Dataset plain = load(people());
        Dataset windows = load(folder(
                temp.resolve("windows"),
                "nodes.csv",
                "\ufeff" + NODES.replace("\n", "\r\n").replace("Rome", "\"Rome\""),
                "edges.csv",
                EDGES.replace("\n", "\r\n").strip()));
        assertThat(windows.digest()).isEqualTo(plain.digest());
    }

    @Test
    void semicolonsAndTabsSeparateAsWell() {
        Dataset plain = load(people());
        for (String separator : new String[] {";", "\t"}) {
            Dataset other = load(folder(
                    temp.resolve("other" + separator.hashCode()),
                    "nodes.csv",
                    NODES.replace(",", separator),
                    "edges.csv",
                    EDGES.replace(",", separator)));
            assertThat(other.digest()).isEqualTo(plain.digest());
        }
    }

    @Test
    void tableWithoutAHeaderLosesNoEdge() {
        assertFault(
                "id,age\n0,1\n1,2\n",
                "0,1\n1,0\n",
                "",
                "/edges.csv, line 1",
                ": expected a header with the names of columns, found the numbers '0, 1'; add a line such as id,x or"
                        + " source,target above");
    }

    private void assertFault(String nodes, String edges, String json, String place, String message) {
        assertThatThrownBy(() -> load(
                        json.isEmpty()
                                ? folder(temp.resolve("faulty"), "nodes.csv", nodes, "edges.csv", edges)
                                : folder(
                                        temp.resolve("faulty json"),
                                        "nodes.csv",
                                        nodes,
                                        "edges.csv",
                                        edges,
                                        "graph.json",
                                        json)))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + temp.resolve(json.isEmpty() ? "faulty" : "faulty json") + place + message);
    }

    @Test
    void faultsOfNodesAreNamedByLineAndColumn() {
        String edges = "source,target\n";
        assertFault(
                "id,age\n0,1\n1,abc\n2,3\n",
                edges,
                "",
                "/nodes.csv, line 3, column 'age'",
                ": expected a finite number, found 'abc'; declare the column \"categorical\" or correct the line");
        assertFault(
                "id,age\n0,1\n1,inf\n2,-inf\n3,4\n",
                edges,
                "{\"nodes\": {\"columns\": {\"age\": \"numeric\"}}}",
                "/nodes.csv, line 3, column 'age'",
                ": expected a finite number, found 'inf'; declare the column \"categorical\" or correct the line"
                        + " (and 1 further fault)");
        assertFault(
                "id,age\n0,1\n1,\n2,NA\n3,nan\n",
                edges,
                "",
                "/nodes.csv, line 3, column 'age'",
                ": expected a value, found nothing; fill it in, or declare what a missing value means: \"missing\":"
                        + " \"zero\", \"mean\" or \"category\" (and 2 further faults)");
        assertFault(
                "id,age\n0,1\n0,2\n",
                edges,
                "",
                "/nodes.csv, line 3, column 'id'",
                ": expected an id that no line before has, found '0'; remove one of the lines or give it another id");
        assertFault(
                "id,age\n0,1\n1,2,3\n",
                edges,
                "",
                "/nodes.csv, line 3",
                ": expected 2 fields as in the header, found 3; correct the line or fetch the file anew");
        assertFault(
                "id\n",
                edges,
                "",
                "/nodes.csv",
                ": expected at least one node, found none; add lines below the header");
    }

    @Test
    void faultsOfEdgesAreNamedByLineAndColumn() {
        String nodes = "id,age\n0,1\n1,2\n";
        assertFault(
                nodes,
                "source,target\n0,1\n0,7\n8,0\n",
                "",
                "/edges.csv, line 3, column 'target'",
                ": expected the id of a node of " + temp.resolve("faulty")
                        + "/nodes.csv, found '7'; add the node there or" + " remove the line (and 1 further fault)");
        assertFault(
                nodes,
                "source,target,weight\n0,1,heavy\n",
                "",
                "/edges.csv, line 2, column 'weight'",
                ": expected a finite number, found 'heavy'; correct the line");
        assertFault(
                nodes,
                "source,target\n0,1\n1,0\n",
                "{\"duplicates\": \"error\"}",
                "/edges.csv, line 3, column 'target'",
                ": expected an edge that no line before has, found '0'; remove the line");
        assertFault(
                nodes,
                "source,target\n1,1\n",
                "{\"selfLoops\": \"error\"}",
                "/edges.csv, line 2, column 'target'",
                ": expected another node, as self-loops are declared to be faults, found '1'; remove the line");
    }

    @Test
    void selfLoopsCanBeDropped() {
        Graph graph = load(withDescriptor("id\n0\n1\n", "source,target\n0,0\n0,1\n", "{\"selfLoops\": \"drop\"}"))
                .graph();
        assertThat(graph.edge(0, 0)).isEqualTo(-1);
        assertThat(graph.edgeCount()).isEqualTo(2);
    }

    @Test
    void descriptorsWithMistakesAreRefused() {
        String nodes = "id,age\n0,1\n1,2\n";
        String edges = "source,target\n0,1\n";
        assertFault(
                nodes,
                edges,
                "{\"direction\": true}",
                "/graph.json",
                ": expected one of the known keys, found 'direction'; did you mean 'directed' or 'description'?");
        assertFault(
                nodes,
                edges,
                "{\"nodes\": {\"columns\": {\"age\": \"number\"}}}",
                "/graph.json, nodes.columns.age",
                ": expected one of numeric, categorical, ignore, found '\"number\"'; correct it");
        assertFault(
                nodes,
                edges,
                "{\"nodes\": {\"columns\": {\"age\": \"text\"}}}",
                "/graph.json, nodes.columns.age",
                ": expected one of numeric, categorical, ignore, found 'text', which is not turned into features here;"
                        + " compute numbers from the text first, or ignore the column");
        assertFault(
                nodes,
                edges,
                "{\"nodes\": {\"columns\": {\"size\": \"numeric\"}}}",
                "/nodes.csv, line 1",
                ": expected a column 'size', found the columns 'id, age'; add or rename the column, or name the right"
                        + " one in the descriptor");
        assertFault(
                nodes,
                edges,
                "{\"split\": {\"train\": 0.9}}",
                "/graph.json, split.train",
                ": expected fractions that add up to at most 1, found 1.3; correct them");
        assertThatThrownBy(() -> load(withDescriptor(nodes, edges, "{\"directed\": yes,")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("graph.json: expected a JSON object, found ");
        assertThatThrownBy(() -> load(withDescriptor(nodes, edges, "[".repeat(100_000))))
                .isInstanceOf(DataFormatException.class);
    }

    @Test
    void columnsOfNamesAreNotTakenForCategories() {
        String nodes = "id,name\n"
                + IntStream.range(0, 200).mapToObj(i -> i + ",n" + i + "\n").collect(Collectors.joining());
        assertFault(
                nodes,
                "source,target\n",
                "",
                "/nodes.csv, column 'name'",
                ": expected numbers, or at most 100 different values, found more values, which are not all numbers;"
                        + " declare it \"ignore\", or \"categorical\" if every value is to be a feature");
        assertThat(load(withDescriptor(
                                nodes,
                                "source,target\n0,1\n",
                                "{\"nodes\": {\"columns\": {\"name\": \"categorical\"}}}"))
                        .featureCount())
                .isEqualTo(200);
    }

    @Test
    void partsOfASplitNeedLabels() {
        assertFault(
                "id,label,split\n0,a,train\n1,,test\n2,b,exam\n",
                "source,target\n",
                "",
                "/nodes.csv, line 3, column 'split'",
                ": expected nothing, as the line has no label, found 'test'; give it a label or take it out of the"
                        + " split (and 1 further fault)");
    }

    @Test
    void missingTablesAreNamed() {
        assertThatThrownBy(() -> load(folder(temp.resolve("none"), "nodes.csv", "id\n0\n")))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file " + temp.resolve("none")
                        + ": expected a file 'edges.csv', found 'nodes.csv'; add it or fetch all anew");
        assertThatThrownBy(() -> load(folder(
                        temp.resolve("nograph"),
                        "edges.csv",
                        "source,target\n",
                        "graph.json",
                        "{\"task\": \"graph\"}")))
                .hasMessage(
                        "file " + temp.resolve("nograph")
                                + ": expected a table graphs.csv, as the task needs one, found none; add it or change the task");
    }
}
