package org.aitia.bench.internal.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.aitia.api.DataFormatException;
import org.aitia.api.NotFoundException;
import org.aitia.api.bench.Suite;
import org.aitia.api.bench.Suite.Contender;
import org.aitia.api.bench.Suite.Data;
import org.aitia.api.bench.Suite.Model;
import org.aitia.api.bench.Suite.Recipe;
import org.aitia.api.bench.Suite.Study;
import org.aitia.api.bench.Suite.Tuning;

/** Reads suites and checks all that can be checked without data. Used by one thread. */
public final class SuiteReader {
    private static final List<String> DATA_KEYS =
            List.of("title", "dataset", "options", "targets", "validation", "examples");
    private static final List<String> MODEL_KEYS = List.of("title", "text", "architecture", "options", "seed", "for");
    private static final List<String> EXPLAINER_KEYS = List.of("title", "explainer", "options", "seeds", "for", "tune");

    private static final double CONFIDENCE = 0.95;
    private static final int MOST_SETTINGS = 1000;
    // labels become parts of names of models and files
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,39}");

    private final String name;
    private final String document;
    private final Item root;
    private final Map<String, Data> datasets = new LinkedHashMap<>();
    private final Map<String, Model> models = new LinkedHashMap<>();
    private final Map<String, Contender> explainers = new LinkedHashMap<>();

    private SuiteReader(String name, String file, String document) {
        this.name = name;
        this.document = document;
        this.root = Item.read(file, document);
    }

    /**
     * Reads a suite.
     *
     * @param name of the suite
     * @param file name of its file, for messages
     * @param document content of the file
     * @return the suite
     * @throws DataFormatException if it is none; the message begins with file, line and column
     */
    public static Suite read(String name, String file, String document) {
        return new SuiteReader(name, file, document).suite();
    }

    private Suite suite() {
        if (!LABEL.matcher(name).matches()) {
            throw root.error(
                    "'" + name + "' cannot be the name of a suite; name its file with up to 40 letters, digits,"
                            + " '.', '_' and '-'");
        }
        Fields fields =
                root.fields(List.of("title", "text", "confidence", "datasets", "models", "explainers", "studies"));
        // a misspelt key first: it may be why another is missing
        checkKeys(fields, "datasets", "data set", DATA_KEYS);
        checkKeys(fields, "models", "model", MODEL_KEYS);
        checkKeys(fields, "explainers", "explainer", EXPLAINER_KEYS);
        checkKeys(fields, "studies", "study", StudyReader.KEYS);
        labelled(fields.require("datasets", "{cora: {dataset: cora}}"), "data set", datasets, this::data);
        labelled(fields.require("models", "{gcn: {architecture: gcn}}"), "model", models, this::model);
        labelled(
                fields.require("explainers", "{random: {explainer: random}}"),
                "explainer",
                explainers,
                this::contender);
        Map<String, Study> studies = new LinkedHashMap<>();
        StudyReader reader = new StudyReader(datasets, models, explainers);
        labelled(fields.require("studies", "{main: {metrics: [fidelity-plus]}}"), "study", studies, reader::study);
        return new Suite(
                name,
                fields.text("title", name),
                fields.text("text", ""),
                fields.get("confidence").map(SuiteReader::confidence).orElse(CONFIDENCE),
                List.copyOf(datasets.values()),
                List.copyOf(models.values()),
                List.copyOf(explainers.values()),
                List.copyOf(studies.values()),
                document);
    }

    private static void checkKeys(Fields fields, String section, String kind, List<String> allowed) {
        fields.get(section)
                .ifPresent(items -> items.map()
                        .forEach((label, item) ->
                                item.named(kind + " '" + label + "'").fields(allowed)));
    }

    private static double confidence(Item item) {
        double level = item.number();
        if (!(level > 0 && level < 1)) {
            throw item.error("the level of confidence must be between 0 and 1, not " + item.text());
        }
        return level;
    }

    private interface Maker<T> {
        T make(String label, Item item);
    }

    private static <T> void labelled(Item items, String kind, Map<String, T> into, Maker<T> maker) {
        Map<String, Item> map = items.map();
        if (map.isEmpty()) {
            throw items.error("the suite has no " + kind + "; name at least one");
        }
        map.forEach((label, item) -> {
            if (!LABEL.matcher(label).matches()) {
                throw items.keyError(
                        label,
                        "'" + label + "' cannot be the label of " + (kind.startsWith("e") ? "an " : "a ") + kind
                                + "; use up to 40 letters, digits, '.', '_' and '-'");
            }
            into.put(label, maker.make(label, item.named(kind + " '" + label + "'")));
        });
    }

    private Data data(String label, Item item) {
        Fields fields = item.fields(DATA_KEYS);
        Optional<Item> targets = fields.get("targets");
        Optional<Item> validation = fields.get("validation");
        targets.map(SuiteReader::instances)
                .flatMap(explained -> validation.map(SuiteReader::instances).map(explained::shared))
                .filter(OptionalInt::isPresent)
                .ifPresent(shared -> {
                    throw validation
                            .get()
                            .error("instance " + shared.getAsInt() + " of data set '" + label
                                    + "' is both among 'targets' and 'validation': settings would be chosen on what they are judged"
                                    + " by; take it from one of them");
                });
        return new Data(
                label,
                fields.text("title", label),
                fields.text("dataset", label),
                fields.options("options"),
                targets.map(Item::text).orElse("all"),
                validation.map(Item::text),
                fields.get("examples").stream()
                        .flatMap(examples -> examples.list().stream())
                        .map(example -> example.integer(0))
                        .toList());
    }

    private static Instances instances(Item item) {
        return item.parsed(Instances::parse);
    }

    private Model model(String label, Item item) {
        Fields fields = item.fields(MODEL_KEYS);
        Recipe recipe = new Recipe(
                fields.require("architecture", "gcn").text(),
                fields.options("options"),
                fields.get("seed").map(Item::whole).orElse(0L));
        Map<String, Recipe> exceptions = new LinkedHashMap<>();
        fields.get("for")
                .ifPresent(cases -> cases.map().forEach((dataset, exception) -> {
                    known(cases, dataset, "data set", datasets.keySet());
                    Fields other = exception.fields(List.of("architecture", "options", "seed"));
                    String architecture = other.text("architecture", recipe.architecture());
                    // options of one architecture say nothing of another
                    Map<String, String> inherited =
                            architecture.equals(recipe.architecture()) ? recipe.options() : Map.of();
                    exceptions.put(
                            dataset,
                            new Recipe(
                                    architecture,
                                    merged(inherited, other.options("options")),
                                    other.get("seed").map(Item::whole).orElse(recipe.seed())));
                }));
        return new Model(label, fields.text("title", label), fields.text("text", ""), recipe, exceptions);
    }

    private Contender contender(String label, Item item) {
        Fields fields = item.fields(EXPLAINER_KEYS);
        Map<String, String> options = fields.options("options");
        return new Contender(
                label,
                fields.text("title", label),
                fields.text("explainer", label),
                options,
                fields.get("seeds")
                        .map(seeds -> OptionalInt.of(seeds.integer(1)))
                        .orElse(OptionalInt.empty()),
                fields.get("tune").map(SuiteReader::tuning),
                fields.get("for").map(cases -> exceptions(cases, options)).orElse(Map.of()));
    }

    /** Every pair of data set and model of which something is different; of several that fit, the later wins. */
    private Map<String, Map<String, String>> exceptions(Item cases, Map<String, String> options) {
        Map<String, Map<String, String>> exceptions = new LinkedHashMap<>();
        cases.map().forEach((key, exception) -> {
            String[] parts = key.split("/", -1);
            if (parts.length > 2) {
                throw cases.keyError(key, "'" + key + "' is no DATASET, DATASET/MODEL or */MODEL");
            }
            boolean anyData = parts[0].equals("*");
            if (!anyData) {
                known(cases, key, parts[0], "data set", datasets.keySet());
            }
            boolean anyModel = parts.length == 1 || parts[1].equals("*");
            if (!anyModel) {
                known(cases, key, parts[1], "model", models.keySet());
            }
            Map<String, String> different = exception.fields(List.of("options")).options("options");
            for (String dataset : anyData ? datasets.keySet() : Set.of(parts[0])) {
                for (String model : anyModel ? models.keySet() : Set.of(parts[1])) {
                    exceptions.merge(
                            dataset + "/" + model,
                            merged(options, different),
                            (before, same) -> merged(before, different));
                }
            }
        });
        return exceptions;
    }

    private static Tuning tuning(Item item) {
        Fields fields = item.fields(List.of("seeds", "settings", "grid"));
        List<Map<String, String>> settings = fields.get("settings")
                .map(list -> list.list().stream().map(Item::options).toList())
                .orElse(List.of(Map.of()));
        Optional<Item> grid = fields.get("grid");
        if (grid.isPresent()) {
            for (Map.Entry<String, Item> axis : grid.get().map().entrySet()) {
                settings = product(settings, axis.getKey(), axis.getValue());
            }
        }
        if (new LinkedHashSet<>(settings).size() < settings.size()) {
            throw item.error(item.what() + " tries a setting twice; leave one out");
        }
        if (settings.size() < 2) {
            throw item.error(
                    item.what() + " has one setting to choose from; give several in 'settings', or values in 'grid'");
        }
        return new Tuning(fields.get("seeds").map(seeds -> seeds.integer(1)).orElse(1), settings);
    }

    private static List<Map<String, String>> product(List<Map<String, String>> settings, String option, Item values) {
        List<Map<String, String>> product = new ArrayList<>();
        for (Map<String, String> setting : settings) {
            for (Item value : values.list()) {
                product.add(merged(setting, Map.of(option, value.text())));
            }
        }
        if (product.size() > MOST_SETTINGS) {
            throw values.error("there are more than " + MOST_SETTINGS + " settings to try; narrow the grid");
        }
        return product;
    }

    static Map<String, String> merged(Map<String, String> options, Map<String, String> more) {
        Map<String, String> merged = new LinkedHashMap<>(options);
        merged.putAll(more);
        return merged;
    }

    private static void known(Item owner, String label, String kind, Collection<String> known) {
        known(owner, label, label, kind, known);
    }

    private static void known(Item owner, String key, String label, String kind, Collection<String> known) {
        if (!known.contains(label)) {
            throw owner.keyError(key, unknown(label, kind, known));
        }
    }

    static String unknown(String label, String kind, Collection<String> known) {
        return "the suite has no " + kind + " '" + label + "'" + NotFoundException.suggestion(label, known);
    }

    /** Returns labels of a list, each known and named once. */
    static List<String> labels(Item item, String kind, Collection<String> known) {
        return once(item, Item::text, label -> known.contains(label) ? "" : unknown(label, kind, known));
    }

    static <T> List<T> once(Item item, Function<Item, T> read, Function<T, String> refuse) {
        Set<T> values = new LinkedHashSet<>();
        for (Item entry : item.list()) {
            T value = read.apply(entry);
            String reason = refuse.apply(value);
            if (!reason.isEmpty()) {
                throw entry.error(reason);
            }
            if (!values.add(value)) {
                throw entry.error("'" + entry.text() + "' is in " + item.what() + " twice; name it once");
            }
        }
        if (values.isEmpty()) {
            throw item.error(item.what() + " is empty; name at least one, or leave it out");
        }
        return List.copyOf(values);
    }
}
