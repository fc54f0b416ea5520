package org.aitia.dataset.karate.internal;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.DatasetInfo;
import org.aitia.api.dataset.DatasetProvider;
import org.aitia.api.option.OptionSchema;
import org.aitia.api.option.OptionSpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers the karate club with two kinds of classes. */
@Component(property = {"aitia.name=karate", "aitia.name=karate-factions"})
public final class KarateDatasets implements DatasetProvider {
    private static final String ZACHARY = "W. W. Zachary: An Information Flow Model for Conflict and Fission in Small"
            + " Groups. Journal of Anthropological Research 33, 1977";
    private static final String BRANDES = "; U. Brandes, D. Delling, M. Gaertler, R. Goerke, M. Hoefer, Z. Nikoloski,"
            + " D. Wagner: On Modularity Clustering. IEEE Transactions on Knowledge and Data Engineering 20, 2008";

    private static final DatasetInfo COMMUNITIES = info(
            "karate",
            "Karate club",
            "34 members of a karate club and the 78 friendships among them; the class is one of the four communities"
                    + " that modularity finds.",
            ZACHARY + BRANDES);
    private static final DatasetInfo FACTIONS = info(
            "karate-factions",
            "Karate club, factions",
            "34 members of a karate club and the 78 friendships among them; the class is the side they took when the"
                    + " club split.",
            ZACHARY);

    private final OptionSchema<KarateOptions> schema = OptionSchema.of(KarateOptions.class);

    /** Declares what there is. */
    @Activate
    public KarateDatasets() {}

    private static DatasetInfo info(String name, String title, String description, String citation) {
        return new DatasetInfo(
                name,
                title,
                description,
                Task.NODE,
                "built in, from the table in the paper",
                citation,
                "none stated; a published table of 78 pairs",
                true);
    }

    @Override
    public List<DatasetInfo> datasets() {
        return List.of(COMMUNITIES, FACTIONS);
    }

    @Override
    public List<OptionSpec> options(String name) {
        infoOf(name);
        return schema.specs();
    }

    @Override
    public Dataset load(String name, Map<String, String> options, TaskMonitor monitor) {
        DatasetInfo info = infoOf(name);
        KarateOptions parsed = schema.parse(options);
        monitor.checkCancelled();
        boolean communities = info.equals(COMMUNITIES);
        int[] labels = communities ? KarateClub.communities() : KarateClub.factions();
        List<String> classes = communities ? List.of("0", "1", "2", "3") : List.of("Mr. Hi", "Officer");
        return Dataset.builder(info)
                .options(options)
                .graph(KarateClub.graph(labels))
                .classNames(classes)
                .featureNames(IntStream.range(0, KarateClub.MEMBERS)
                        .mapToObj(member -> "is node " + member)
                        .toList())
                .split("random", KarateSplits.random(labels, classes.size(), parsed.seed()))
                .split("one-per-class", KarateSplits.onePerClass(labels, classes.size()))
                .build();
    }

    private DatasetInfo infoOf(String name) {
        return datasets().stream()
                .filter(info -> info.name().equals(name))
                .findFirst()
                .orElseThrow(() -> NotFoundException.of(
                        "dataset",
                        name,
                        datasets().stream().map(DatasetInfo::name).toList()));
    }
}
