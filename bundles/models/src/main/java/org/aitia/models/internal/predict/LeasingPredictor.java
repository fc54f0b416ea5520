package org.aitia.models.internal.predict;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.dataset.Split;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.model.Evaluation;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.ModelStore;
import org.aitia.api.model.PredictionRequest;
import org.aitia.api.model.Predictions;
import org.aitia.api.model.Predictor;
import org.aitia.api.model.StoredModel;
import org.aitia.models.internal.feed.Feed;
import org.aitia.models.internal.feed.Feeds;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Predicts on a leased lane. */
@Component(service = Predictor.class)
public final class LeasingPredictor implements Predictor {
    private final Datasets datasets;
    private final DeviceManager devices;
    private final ModelStore store;

    /**
     * For OSGi and without.
     *
     * @param datasets what can be predicted on
     * @param devices where to compute
     * @param store where models are
     */
    @Activate
    public LeasingPredictor(
            @Reference Datasets datasets, @Reference DeviceManager devices, @Reference ModelStore store) {
        this.datasets = datasets;
        this.devices = devices;
        this.store = store;
    }

    @Override
    public Predictions predict(PredictionRequest request, TaskMonitor monitor) {
        Subject subject = subject(request, monitor);
        int[] instances = request.instances()
                .map(int[]::clone)
                .orElseGet(() ->
                        IntStream.range(0, subject.dataset().instanceCount()).toArray());
        checkInstances(subject.dataset(), instances);
        int[] distinct = IntStream.of(instances).distinct().sorted().toArray();
        float[] flat = compute(request, subject, distinct, monitor);
        int classes = subject.model().info().shape().classes();
        float[][] logits = new float[instances.length][];
        for (int i = 0; i < instances.length; i++) {
            int at = Arrays.binarySearch(distinct, instances[i]) * classes;
            logits[i] = Arrays.copyOfRange(flat, at, at + classes);
        }
        return new Predictions(subject.description(), subject.dataset(), instances, logits);
    }

    @Override
    public Map<String, Evaluation> evaluate(PredictionRequest request, Optional<String> split, TaskMonitor monitor) {
        Subject subject = subject(request, monitor);
        Dataset dataset = subject.dataset();
        int classes = subject.model().info().shape().classes();
        if (dataset.classCount() != classes) {
            throw new InvalidRequestException("model '" + request.model() + "' tells " + classes
                    + " classes apart, data set '" + dataset.info().name() + "' has " + dataset.classCount()
                    + "; choose the data set that it was trained on, or one of the same classes");
        }
        Map<String, int[]> parts = parts(request, subject, split);
        int[] all = parts.values().stream()
                .flatMapToInt(IntStream::of)
                .distinct()
                .sorted()
                .toArray();
        if (all.length == 0) {
            throw new InvalidRequestException("data set '" + dataset.info().name()
                    + "' has no labelled instance among those asked for; predict instead of evaluating");
        }
        // all parts at once, so that the whole graph is computed but once
        float[] flat = compute(request, subject, all, monitor);
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        parts.forEach((name, instances) -> {
            if (instances.length > 0) {
                float[] logits = new float[instances.length * classes];
                for (int i = 0; i < instances.length; i++) {
                    int at = Arrays.binarySearch(all, instances[i]);
                    System.arraycopy(flat, at * classes, logits, i * classes, classes);
                }
                int[] labels = IntStream.of(instances).map(dataset::label).toArray();
                evaluations.put(name, new Scores(logits, labels, classes).evaluation());
            }
        });
        return evaluations;
    }

    /** Who predicts on what. */
    private record Subject(StoredModel description, GnnModel model, Dataset dataset, boolean own) {}

    private Subject subject(PredictionRequest request, TaskMonitor monitor) {
        StoredModel description = store.find(request.model());
        request.deviceId().ifPresent(this::checkDevice);
        GnnModel model = store.load(request.model());
        boolean own = request.dataset().isEmpty();
        if (own && description.dataset().isEmpty()) {
            throw new InvalidRequestException(
                    "model '" + request.model() + "' was imported without a data set; say which one to predict on");
        }
        Dataset dataset = own
                ? datasets.load(description.dataset(), description.datasetOptions(), monitor)
                : datasets.load(request.dataset().get(), request.datasetOptions(), monitor);
        checkFit(request.model(), model.info().shape(), dataset);
        boolean same = dataset.digest().equals(description.datasetDigest());
        if (own && !same) {
            monitor.message("note: data set '" + description.dataset() + "' has changed since model '"
                    + description.name() + "' was trained on it");
        }
        return new Subject(description, model, dataset, own || same);
    }

    private static void checkFit(String model, ModelShape shape, Dataset dataset) {
        String data = "data set '" + dataset.info().name() + "'";
        if (dataset.info().task() != shape.task()) {
            throw new InvalidRequestException("model '" + model + "' is for " + lower(shape.task()) + " tasks, " + data
                    + " is about a " + lower(dataset.info().task())
                    + " task; choose a data set of the model's task");
        }
        if (dataset.featureCount() != shape.inputFeatures()) {
            throw new InvalidRequestException(
                    "model '" + model + "' takes " + shape.inputFeatures() + " features per node, " + data + " has "
                            + dataset.featureCount() + "; choose a data set with the features that it was trained on");
        }
        if (shape.edgeFeatures() > 0 && dataset.edgeFeatureCount() != shape.edgeFeatures()) {
            throw new InvalidRequestException("model '" + model + "' takes " + shape.edgeFeatures()
                    + " features per edge, " + data + " has " + dataset.edgeFeatureCount()
                    + "; choose a data set with the features that it was trained on");
        }
    }

    private static String lower(Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }

    private void checkDevice(String id) {
        List<String> known = devices.devices().stream().map(DeviceInfo::id).toList();
        if (!known.contains(id)) {
            throw NotFoundException.of("device", id, known);
        }
    }

    private static void checkInstances(Dataset dataset, int[] instances) {
        int count = dataset.instanceCount();
        String kind = dataset.info().task() == Task.LINK
                ? "candidate link"
                : lower(dataset.info().task());
        for (int instance : instances) {
            if (instance < 0 || instance >= count) {
                throw new InvalidRequestException("data set '" + dataset.info().name() + "' has no " + kind + " "
                        + instance + "; it has " + kind + "s 0.." + (count - 1));
            }
        }
    }

    /** The labelled instances of each part. */
    private static Map<String, int[]> parts(PredictionRequest request, Subject subject, Optional<String> split) {
        Dataset dataset = subject.dataset();
        request.instances().ifPresent(instances -> checkInstances(dataset, instances));
        Map<String, int[]> parts = new LinkedHashMap<>();
        Optional<Split> chosen = split(subject, split);
        if (chosen.isPresent()) {
            parts.put("train", chosen.get().train());
            parts.put("validation", chosen.get().validation());
            parts.put("test", chosen.get().test());
        } else {
            parts.put("all", IntStream.range(0, dataset.instanceCount()).toArray());
        }
        int[] given = request.instances()
                .map(instances -> IntStream.of(instances).sorted().toArray())
                .orElse(new int[0]);
        parts.replaceAll((name, instances) -> IntStream.of(instances)
                .filter(i -> dataset.label(i) >= 0)
                .filter(i -> request.instances().isEmpty() || Arrays.binarySearch(given, i) >= 0)
                .toArray());
        return parts;
    }

    private static Optional<Split> split(Subject subject, Optional<String> wanted) {
        Map<String, Split> splits = subject.dataset().splits();
        if (wanted.isEmpty()) {
            Map<String, String> trained = subject.description().trainingOptions();
            if (subject.own() && !trained.getOrDefault("folds", "0").equals("0")) {
                return Optional.empty(); // learnt from all instances
            }
            Optional<Split> own = subject.own()
                    ? Optional.ofNullable(splits.get(trained.getOrDefault("split", "")))
                    : Optional.empty();
            return own.or(() -> splits.values().stream().findFirst());
        }
        if (!splits.containsKey(wanted.get())) {
            throw new NotFoundException("data set '" + subject.dataset().info().name() + "' has no split '"
                    + wanted.get() + "'" + NotFoundException.suggestion(wanted.get(), splits.keySet()));
        }
        return Optional.of(splits.get(wanted.get()));
    }

    private float[] compute(PredictionRequest request, Subject subject, int[] instances, TaskMonitor monitor) {
        LeaseRequest wanted = LeaseRequest.of("predict with " + request.model());
        try (DeviceLease lease =
                        devices.acquire(request.deviceId().map(wanted::on).orElse(wanted), monitor);
                ModelSession session = subject.model().open(lease);
                Feeds feeds = new Feeds(lease, session, subject.dataset());
                Feed feed = feeds.evaluation(instances)) {
            return new Inference(lease, session).logits(feed, monitor);
        }
    }
}
