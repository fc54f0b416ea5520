package org.aitia.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonStreamParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains the models that the literature reports on, several times with other seeds, with the commands of the built
 * product, and prints mean and deviation of their accuracy as a table.
 *
 * <p>Arguments: {@code [HOME [SEEDS [FILTER]]]}: the product's directory ({@code distribution/target/aitia}), how many
 * seeds (10), and a text that rows must contain.
 */
public final class ModelAccuracy {
    private static final String CROSS_VALIDATION = "cvAccuracyMean";

    /** What is trained, and what it should reach. */
    private static final List<Row> ROWS = List.of(
            new Row("GCN, Cora", "train -d cora -a gcn", "testAccuracy", .81, true),
            new Row("GCN, CiteSeer", "train -d citeseer -a gcn", "testAccuracy", .695, true),
            new Row("GCN, PubMed", "train -d pubmed -a gcn", "testAccuracy", .785, true),
            new Row(
                    "GAT, Cora",
                    "train -d cora -a gat --lr 0.005 --epochs 1000 -o weightDecayOn=all -o patience=100",
                    "testAccuracy",
                    .825,
                    true),
            new Row(
                    "GCN, Twitch ENGB",
                    "train -d twitch-engb -a gcn --hidden 64 -o split=all -o weightDecay=0.0001",
                    "testAccuracy",
                    .728,
                    true),
            new Row(
                    "GIN, MUTAG, 10-fold",
                    "train -d mutag -a gin --epochs 350 -o folds=10 -o batchSize=32 -o schedule=step -o weightDecay=0",
                    CROSS_VALIDATION,
                    .85,
                    false));

    private ModelAccuracy() {}

    /**
     * One row of the table.
     *
     * @param name architecture and data
     * @param command as typed, without seed and name
     * @param metric which number of the model counts
     * @param goal what its mean should reach, in [0, 1]
     * @param seeded whether it is repeated with other seeds; cross-validation repeats by itself
     */
    private record Row(String name, String command, String metric, double goal, boolean seeded) {}

    /**
     * Runs it.
     *
     * @param arguments see the class
     * @throws IOException if the product cannot be started
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments.length > 0 ? arguments[0] : "distribution/target/aitia");
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        String filter = arguments.length > 2 ? arguments[2] : "";
        System.out.println(
                "| model | command | runs | accuracy, mean and deviation | goal | seconds per run, median |");
        System.out.println("|---|---|---|---|---|---|");
        boolean reached = true;
        for (Row row : ROWS) {
            if (row.name().contains(filter)) {
                reached &= run(row, home, row.seeded() ? seeds : 1);
            }
        }
        System.exit(reached ? 0 : 1);
    }

    private static boolean run(Row row, Path home, int runs) throws IOException, InterruptedException {
        String commands = IntStream.range(0, runs)
                .mapToObj(seed -> row.command() + " --quiet --json -n accuracy-benchmark --seed " + seed)
                .collect(Collectors.joining("; "));
        List<JsonObject> models = models(home, commands);
        double[] values = models.stream()
                .mapToDouble(m -> m.getAsJsonObject("metrics").get(row.metric()).getAsDouble())
                .toArray();
        double[] seconds = models.stream()
                .mapToDouble(m -> m.get("seconds").getAsDouble())
                .sorted()
                .toArray();
        double mean = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElse(Double.NaN);
        double deviation = deviation(row, models.get(0), values, mean);
        System.out.printf(
                Locale.ROOT,
                "| %s | `%s` | %d | %.2f ± %.2f %% | %.1f %% | %.2f |%n",
                row.name(),
                row.command(),
                values.length,
                100 * mean,
                100 * deviation,
                100 * row.goal(),
                seconds[seconds.length / 2]);
        return mean >= row.goal();
    }

    /** Of the sample of runs, or of the folds of one run. */
    private static double deviation(Row row, JsonObject model, double[] values, double mean) {
        if (row.metric().equals(CROSS_VALIDATION)) {
            return model.getAsJsonObject("metrics").get("cvAccuracySd").getAsDouble();
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / Math.max(1, values.length - 1));
    }

    /** Runs commands in one container and reads the documents that they print. */
    private static List<JsonObject> models(Path home, String commands) throws IOException, InterruptedException {
        try (Product product = new Product(home)) {
            List<JsonObject> models = new ArrayList<>();
            JsonStreamParser documents =
                    new JsonStreamParser(product.run(commands).out());
            documents.forEachRemaining(document -> models.add(document.getAsJsonObject()));
            return models;
        }
    }
}
