package org.aitia.datasets.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.option.Option;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;

/**
 * The options that every data set of one graph takes beside its provider's.
 *
 * @param task what to predict
 * @param linkSeed of the division and of the negative examples
 * @param validationFraction of the links
 * @param testFraction of the links
 * @param negatives pairs without a link for each link
 * @param candidates pairs to ask about
 */
record LinkOptions(
        @Option(
                description = "what to predict: the classes of nodes, or whether two nodes are linked",
                defaultValue = "node")
        Predict task,

        @Option(description = "with task=link: seed of the division and of the negative examples", defaultValue = "0")
        long linkSeed,

        @Option(
                description = "with task=link: part of the links that validates, at least one",
                defaultValue = "0.05",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Kipf and Welling 2016, variational graph auto-encoders")
        double validationFraction,

        @Option(
                description = "with task=link: part of the links that tests, at least one",
                defaultValue = "0.1",
                min = 0,
                max = 1,
                maxExclusive = true,
                source = "Kipf and Welling 2016, variational graph auto-encoders")
        double testFraction,

        @Option(
                description = "with task=link: pairs of nodes without a link, for each link of every part",
                defaultValue = "1",
                min = 0,
                source = "neg_sampling_ratio of PyG's RandomLinkSplit")
        double negatives,

        @Option(
                description = "with task=link: more pairs of nodes to ask about, for example 3-17,4-9; they"
                        + " have no label and belong to no part",
                defaultValue = "")
        String candidates) {

    /** What to predict. */
    enum Predict {
        NODE,
        LINK
    }

    private static final OptionSchema<LinkOptions> SCHEMA = OptionSchema.of(LinkOptions.class);
    private static final Set<String> NAMES = names(SCHEMA.specs());

    static List<OptionSpec> specs() {
        return SCHEMA.specs();
    }

    /** Tells whether a provider uses one of these names itself; such data sets keep their own meaning. */
    static boolean clashWith(List<OptionSpec> own) {
        Set<String> clash = names(own);
        clash.retainAll(NAMES);
        return !clash.isEmpty();
    }

    /** The options that are for the provider. */
    static Map<String, String> without(Map<String, String> options) {
        Map<String, String> others = new HashMap<>(options);
        others.keySet().removeAll(NAMES);
        return Map.copyOf(others);
    }

    static LinkOptions parse(Map<String, String> options, String dataset) {
        Map<String, String> given = new HashMap<>(options);
        given.keySet().retainAll(NAMES);
        LinkOptions parsed = SCHEMA.parse(given);
        if (parsed.task() == Predict.NODE) {
            given.remove("task");
            if (!given.isEmpty()) {
                throw new InvalidRequestException("option '" + new TreeSet<>(given.keySet()).first() + "' of data set '"
                        + dataset + "' needs task=link");
            }
        } else if (parsed.validationFraction() + parsed.testFraction() >= 1) {
            throw new InvalidRequestException("validationFraction=" + parsed.validationFraction() + " and testFraction="
                    + parsed.testFraction() + " leave no links of data set '" + dataset
                    + "' to learn from; their sum must be less than 1");
        }
        return parsed;
    }

    /** Tells whether something asks for links, well formed or not. */
    static boolean areLinks(Map<String, String> options) {
        return "link".equalsIgnoreCase(options.getOrDefault("task", "").strip());
    }

    private static Set<String> names(List<OptionSpec> specs) {
        Set<String> names = new HashSet<>();
        for (OptionSpec spec : specs) {
            names.add(spec.name());
            names.addAll(spec.aliases());
        }
        return names;
    }
}
