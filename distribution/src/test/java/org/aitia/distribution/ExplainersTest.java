package org.aitia.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.aitia.testkit.container.Aitia;
import org.aitia.testkit.container.AitiaContainer;
import org.aitia.testkit.container.AitiaSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every explainer of the product, and what judges them, in one running container. */
@AitiaContainer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainersTest {
    private static final String NODES = "-n 0,33,5";

    /** Batches of other sizes add floats in another order; a hundred steps of Adam carry that on. */
    private static final double LANE_TOLERANCE = 1e-4;

    private Aitia aitia;
    private AitiaSession session;

    @BeforeAll
    void trainModels(Aitia installation) {
        aitia = installation;
        session = aitia.open();
        session.run("train -d karate -a gcn -n club --epochs 60 -q").succeeded();
        session.run("train -d karate -a gat -n attentive --epochs 20 -q").succeeded();
        session.run("train -d ba-shapes -a gcn -n shapes --epochs 300 --layers 3 --hidden 20 -o concat=true"
                        + " -o l2Normalize=true -o dropout=0 -q")
                .succeeded();
    }

    @AfterAll
    void close() {
        session.close();
    }

    private JsonObject json(String command) {
        return JsonParser.parseString(session.run(command).succeeded().out()).getAsJsonObject();
    }

    private static Set<String> names(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.getAsJsonObject().get("name").getAsString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Path file(String name) {
        return aitia.directory().resolve(name);
    }

    @Test
    void allExplainersAreThere() {
        assertThat(names(json("explainers --json").getAsJsonArray("explainers")))
                .contains(
                        "gnnexplainer",
                        "pgexplainer",
                        "ig",
                        "saliency",
                        "input-x-gradient",
                        "deconvolution",
                        "guided-backprop",
                        "smoothgrad",
                        "gradient-shap",
                        "grad-cam",
                        "random",
                        "degree",
                        "pagerank",
                        "distance",
                        "attention",
                        "occlusion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gnnexplainer -o epochs=20",
                "gnnexplainer -o epochs=20 -o sparsity=l1 -o runs=2",
                "pgexplainer -o epochs=3",
                "ig -o steps=20",
                "saliency",
                "input-x-gradient",
                "deconvolution",
                "guided-backprop",
                "smoothgrad",
                "gradient-shap",
                "grad-cam",
                "random",
                "degree",
                "pagerank",
                "distance",
                "occlusion"
            })
    void anExplainerExplainsRepeatsItselfAndRecordsWhatItDid(String explainer) {
        String command = "explain -m club -x " + explainer + " " + NODES + " --seed 3 --json";
        JsonObject first = json(command);
        JsonObject second = json(command);
        assertThat(first.getAsJsonArray("explanations")).hasSize(3);
        assertThat(first.get("explanations")).isEqualTo(second.get("explanations"));
        JsonObject provenance = first.getAsJsonObject("provenance");
        assertThat(provenance.get("explainer").getAsString())
                .isEqualTo(explainer.split(" ")[0]);
        assertThat(provenance.get("seed").getAsLong()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnnexplainer -o epochs=10", "pgexplainer -o epochs=3", "ig -o steps=10", "occlusion"})
    void lanesAndBatchesChangeNothing(String explainer) {
        String command = "explain -m shapes -x " + explainer + " -n 400..699:30 --json";
        JsonArray all = json(command).getAsJsonArray("explanations");
        JsonArray one = json(command + " --lanes 1").getAsJsonArray("explanations");
        JsonArray apart = json(command + " --lanes 2 --batch-size 1").getAsJsonArray("explanations");
        for (int i = 0; i < all.size(); i++) {
            assertThat(weights(one.get(i))).containsExactly(weights(all.get(i)), within(LANE_TOLERANCE));
            assertThat(weights(apart.get(i))).containsExactly(weights(all.get(i)), within(LANE_TOLERANCE));
        }
    }

    private static double[] weights(JsonElement explanation) {
        return StreamSupport.stream(
                        explanation.getAsJsonObject().getAsJsonArray("edgeMask").spliterator(), false)
                .mapToDouble(edge -> edge.getAsJsonArray().get(2).getAsDouble())
                .toArray();
    }

    @Test
    void lossTermsOfBundlesAreNamedInARequest() {
        JsonObject result =
                json("explain -m club -x gnnexplainer -n 0 -o epochs=5 -o objectives=connectivity:0.1 --json");
        assertThat(result.getAsJsonObject("provenance")
                        .getAsJsonObject("options")
                        .get("objectives")
                        .getAsString())
                .isEqualTo("connectivity:0.1");
        assertThat(session.run("explain -m club -x gnnexplainer -n 0 -o objectives=beauty:1")
                        .failedWithOneLine())
                .contains("beauty")
                .contains("connectivity");
    }

    @Test
    void attentionIsExplainedWhereThereIsSome() {
        json("explain -m attentive -x attention " + NODES + " --json");
        assertThat(session.run("explain -m club -x attention " + NODES).failedWithOneLine())
                .contains("attention")
                .contains("gat");
    }

    @Test
    void aTrainedExplainerIsStoredAndExplainsOtherTargets() {
        session.run("train-explainer -m shapes -x pgexplainer -n 400..699:30 -o epochs=3 --name shapes-pg -q")
                .succeeded();
        assertThat(names(json("trained-explainers --json").getAsJsonArray("trainedExplainers")))
                .contains("shapes-pg");
        JsonObject result = json("explain -m shapes -x pgexplainer --trained shapes-pg -n 402,407 --json");
        assertThat(result.getAsJsonObject("provenance").get("trained").getAsString())
                .isEqualTo("shapes-pg");
        session.run("train -d ba-shapes -a gcn -n shapes-b --epochs 5 -q").succeeded();
        assertThat(session.run("explain -m shapes-b -x pgexplainer --trained shapes-pg -n 402")
                        .failedWithOneLine())
                .contains("shapes-pg")
                .contains("train-explainer");
        session.run("remove-trained-explainer shapes-pg").succeeded();
        assertThat(session.run("explain -m shapes -x pgexplainer --trained shapes-pg -n 402")
                        .failedWithOneLine())
                .contains("unknown trained explainer 'shapes-pg'");
    }

    @Test
    void writtenExplanationsAreScoredAndBegunWith() throws IOException {
        session.run("explain -m shapes -x gnnexplainer -n 400..699:60 -o epochs=30 --out " + file("a.json"))
                .succeeded();
        session.run("explain -m shapes -x degree -n 400..699:60 --out " + file("b.json"))
                .succeeded();
        String table = session.run("score -e " + file("a.json") + " -e " + file("b.json")
                        + " -M roc-auc,fidelity-plus,fidelity-minus --baselines degree --out " + file("s.csv"))
                .succeeded()
                .out();
        assertThat(table).contains("gnnexplainer").contains("degree");
        assertThat(Files.readString(file("s.csv"))).contains("roc-auc").contains("fidelity-plus");
        session.run("explain -m shapes -x gnnexplainer -n 400..699:60 -o epochs=5 --initial " + file("a.json"))
                .succeeded();
    }

    @Test
    void explainersAreComparedWithIntervalsAndBaselines() throws IOException {
        session.run("compare -m shapes -n 400..699:60 -x soft=gnnexplainer,l1=gnnexplainer,ig -o soft.epochs=30"
                        + " -o l1.epochs=30 -o l1.sparsity=l1 -o ig.steps=10 --seeds 2 -M roc-auc,sparsity --randomised"
                        + " --out " + file("c.json") + " --out " + file("c.md"))
                .succeeded();
        JsonObject comparison = JsonParser.parseString(Files.readString(file("c.json")))
                .getAsJsonObject()
                .getAsJsonObject("comparison");
        List<String> labels = StreamSupport.stream(
                        comparison.getAsJsonArray("rows").spliterator(), false)
                .map(row -> row.getAsJsonObject().get("label").getAsString())
                .toList();
        assertThat(labels).contains("soft", "l1", "ig", "random");
        assertThat(Files.readString(file("c.md"))).contains("| soft");
    }

    @Test
    void optionsAreSweptToATable() throws IOException {
        session.run("sweep -m club -n 0,33 -x gnnexplainer --grid sparsity=none,l1 --grid edgeSize=0.005,0.05"
                        + " -o epochs=20 --seeds 2 --out " + file("sweep.csv"))
                .succeeded();
        assertThat(Files.readString(file("sweep.csv"))).contains("edge-zeros").contains("feature-zeros");
    }

    @ParameterizedTest
    @ValueSource(strings = {"graphml", "gexf", "dot", "npz", "html"})
    void explanationsAreExported(String format) {
        Path file = file("explanation." + format);
        session.run("explain -m club -x gnnexplainer -n 0 -o epochs=5 --threshold connected-top-k:6 --export " + file)
                .succeeded();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void everyMetricIsDescribed() {
        for (JsonElement element : json("metrics --json").getAsJsonArray("metrics")) {
            String name = element.getAsJsonObject().get("name").getAsString();
            assertThat(session.run("metric " + name).succeeded().out()).startsWith(name + ": ");
        }
    }
}
