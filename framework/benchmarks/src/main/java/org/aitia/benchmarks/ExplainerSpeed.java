package org.aitia.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Explains whole data sets with the commands of the built product, several times in one process, and prints times, calls
 * of the model and memory as a table.
 *
 * <p>Arguments: {@code [HOME [REPEATS [FILTER]]]}: the product's directory ({@code distribution/target/aitia}), how often
 * each row is run (3; the first run also warms up, medians are printed), and a text that rows must contain. Ends with
 * status 1 if a goal is missed.
 */
public final class ExplainerSpeed {
    private static final String CORA = "train -d cora -a gcn --hidden 64";
    private static final String CITESEER = "train -d citeseer -a gcn --hidden 64";
    private static final String PUBMED = "train -d pubmed -a gcn --hidden 64";
    private static final String SHAPES = "train -d ba-shapes -D seed=4 -a gcn --layers 3 --hidden 20 --lr 0.005"
            + " --epochs 1500 -o concat=true -o l2Normalize=true -o dropout=0 -o weightDecay=0 -o gradientClip=2 --seed 1";
    private static final double NONE = Double.POSITIVE_INFINITY;

    private static final List<Row> ROWS = List.of(
            new Row(
                    "Cora, GNNExplainer, a mask per node",
                    CORA,
                    "-x gnnexplainer --all -o nodeMaskType=object",
                    4,
                    NONE),
            new Row(
                    "Cora, GNNExplainer, a mask per node and feature",
                    CORA,
                    "-x gnnexplainer --all -o nodeMaskType=attributes",
                    NONE,
                    NONE),
            new Row(
                    "Cora, GNNExplainer, sparsity=l1",
                    CORA,
                    "-x gnnexplainer --all -o nodeMaskType=object -o sparsity=l1",
                    NONE,
                    NONE),
            new Row(
                    "Cora, GNNExplainer, sparsity=l0",
                    CORA,
                    "-x gnnexplainer --all -o nodeMaskType=object -o sparsity=l0",
                    NONE,
                    NONE),
            new Row(
                    "Cora, GNNExplainer, sparsity=two-stage",
                    CORA,
                    "-x gnnexplainer --all -o nodeMaskType=object -o sparsity=two-stage",
                    NONE,
                    NONE),
            new Row("Cora, Integrated Gradients, 50 steps", CORA, "-x ig --all", 20, NONE),
            new Row("Cora, Input x Gradient", CORA, "-x input-x-gradient --all", NONE, NONE),
            new Row("Cora, Grad-CAM", CORA, "-x grad-cam --all", NONE, NONE),
            new Row(
                    "CiteSeer, GNNExplainer, a mask per node",
                    CITESEER,
                    "-x gnnexplainer --all -o nodeMaskType=object",
                    NONE,
                    NONE),
            new Row(
                    "CiteSeer, GNNExplainer, a mask per node and feature",
                    CITESEER,
                    "-x gnnexplainer --all -o nodeMaskType=attributes",
                    NONE,
                    NONE),
            new Row(
                    "PubMed, GNNExplainer, a mask per node",
                    PUBMED,
                    "-x gnnexplainer --all -o nodeMaskType=object",
                    NONE,
                    NONE),
            new Row("BA-Shapes, PGExplainer, 30 epochs", SHAPES, "-x pgexplainer -n 400..699:5", NONE, 1));

    private ExplainerSpeed() {}

    /**
     * One row of the table.
     *
     * @param name data and explainer
     * @param training how the model is made
     * @param explaining arguments of explain
     * @param goal seconds that explaining should take at most
     * @param trainingGoal seconds that the explainer should learn at most
     */
    private record Row(String name, String training, String explaining, double goal, double trainingGoal) {}

    /** What one explanation of all targets took, and how many there were. */
    private record Took(double seconds, double perTarget, double calls, double learning) {}

    /**
     * Runs it.
     *
     * @param arguments see the class
     * @throws IOException if the product cannot be started
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments.length > 0 ? arguments[0] : "distribution/target/aitia");
        int repeats = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        String filter = arguments.length > 2 ? arguments[2] : "";
        System.out.println(
                "| work | first, s | median, s | per target, ms | calls per target | learning before, s | process, GiB |");
        System.out.println("|---|---|---|---|---|---|---|");
        boolean reached = true;
        for (Row row : ROWS) {
            if (row.name().contains(filter)) {
                reached &= run(row, home, repeats);
            }
        }
        System.exit(reached ? 0 : 1);
    }

    private static boolean run(Row row, Path home, int repeats) throws IOException, InterruptedException {
        try (Product product = new Product(home)) {
            String commands = row.training() + " -n speed -q; "
                    + IntStream.range(0, repeats)
                            .mapToObj(i -> "explain -m speed " + row.explaining() + " -q --out "
                                    + product.directory().resolve(i + ".json"))
                            .collect(Collectors.joining("; "));
            Product.Answer answer = product.run(commands);
            List<Took> runs = new ArrayList<>();
            for (int i = 0; i < repeats; i++) {
                runs.add(read(product.directory().resolve(i + ".json")));
            }
            double first = runs.get(0).seconds();
            Took median = runs.stream()
                    .sorted(java.util.Comparator.comparingDouble(Took::seconds))
                    .toList()
                    .get(repeats / 2);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.3f | %.4g | %s | %.2f |%n",
                    row.name(),
                    first,
                    median.seconds(),
                    1e3 * median.perTarget(),
                    median.calls(),
                    median.learning() > 0 ? String.format(Locale.ROOT, "%.2f", median.learning()) : "-",
                    answer.peakKib() / (double) (1 << 20));
            return median.seconds() <= row.goal() && median.learning() <= row.trainingGoal();
        }
    }

    /** Reads the head of a document and leaves out the explanations, of which there may be very many. */
    private static Took read(Path file) throws IOException {
        JsonObject head = new JsonObject();
        try (JsonReader reader = new JsonReader(Files.newBufferedReader(file))) {
            reader.beginObject();
            while (reader.hasNext()) {
                String key = reader.nextName();
                if (key.equals("explanations")) {
                    reader.skipValue();
                } else {
                    head.add(key, JsonParser.parseReader(reader));
                }
            }
        }
        double seconds = head.get("seconds").getAsDouble();
        double perTarget = head.get("secondsPerTarget").getAsDouble();
        JsonObject cost = head.getAsJsonObject("cost");
        double targets = Math.max(1, Math.rint(seconds / perTarget));
        return new Took(
                seconds,
                perTarget,
                cost.get("oracleCalls").getAsDouble() / targets,
                cost.get("trainingSeconds").getAsDouble());
    }
}
