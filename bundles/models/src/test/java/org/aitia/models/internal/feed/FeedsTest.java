package org.aitia.models.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.device.DeviceLease;
import org.aitia.api.device.LeaseRequest;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.ModelShape;
import org.aitia.models.internal.predict.Inference;
import org.aitia.models.internal.train.TrainingData;
import org.aitia.testkit.tck.Workbench;
import org.junit.jupiter.api.Test;

/** How instances come to a device. */
class FeedsTest {
    private static DeviceLease lease(long bytes) {
        return Workbench.devices().acquire(LeaseRequest.of("test").on("cpu").withMemory(bytes), TaskMonitor.NONE);
    }

    private static GnnModel model(Dataset data) {
        ModelShape shape = new ModelShape(data.info().task(), data.featureCount(), data.classCount());
        return Workbench.architecture("gcn").create(shape, java.util.Map.of("hidden", "8"), 1);
    }

    /** What is put on a device. */
    private record Visit(int instances, int nodes) {}

    private static List<Visit> visits(Feed feed) {
        List<Visit> visits = new ArrayList<>();
        feed.forEach(
                0,
                portion -> visits.add(new Visit(
                        portion.instances().length, portion.batch().batch().nodeCount())));
        return visits;
    }

    @Test
    void fewNodesAreComputedInTheirReceptiveField() {
        Dataset data = TrainingData.nodes();
        try (DeviceLease lease = lease(1L << 30);
                ModelSession session = model(data).open(lease);
                Feeds feeds = new Feeds(lease, session, data);
                Feed few = feeds.evaluation(new int[] {3, 250});
                Feed many = feeds.evaluation(IntStream.range(0, 300).toArray())) {
            assertThat(visits(few))
                    .singleElement()
                    .satisfies(v -> assertThat(v.nodes()).isLessThan(100));
            assertThat(visits(many)).containsExactly(new Visit(300, 400));
        }
    }

    @Test
    void fewLinksAreComputedInTheirReceptiveFields() {
        Dataset data = TrainingData.links();
        try (DeviceLease lease = lease(1L << 30);
                ModelSession session = model(data).open(lease);
                Feeds feeds = new Feeds(lease, session, data);
                Feed one = feeds.evaluation(new int[] {8});
                Feed many = feeds.evaluation(IntStream.range(0, 100).toArray())) {
            assertThat(visits(one))
                    .singleElement()
                    .satisfies(v -> assertThat(v.nodes()).isLessThan(120));
            assertThat(visits(many)).containsExactly(new Visit(100, 120));
        }
    }

    @Test
    void whatDoesNotFitIsHalvedUntilItDoesAndComesOutTheSame() {
        for (Dataset data : List.of(TrainingData.nodes(), TrainingData.links(), TrainingData.graphs())) {
            GnnModel model = model(data);
            int[] all = IntStream.range(0, data.instanceCount()).toArray();
            float[] expected;
            long need;
            try (DeviceLease lease = lease(1L << 30);
                    ModelSession session = model.open(lease);
                    Feeds feeds = new Feeds(lease, session, data);
                    Feed feed = feeds.evaluation(all)) {
                expected = new Inference(lease, session).logits(feed, TaskMonitor.NONE);
                assertThat(visits(feed)).hasSize(1);
                need = data.info().task() == Task.GRAPH
                        ? session.workingSetBytes(720, 60 * 40, 720 * 4)
                        : feeds.wholeBytes();
            }
            try (DeviceLease lease = lease(need / 2);
                    ModelSession session = model.open(lease);
                    Feeds feeds = new Feeds(lease, session, data);
                    Feed feed = feeds.evaluation(all)) {
                assertThat(visits(feed)).hasSizeGreaterThan(1);
                assertThat(new Inference(lease, session).logits(feed, TaskMonitor.NONE))
                        .containsExactly(expected, within(1e-5f));
            }
        }
    }

    @Test
    void trainingSeesEachInstanceOncePerEpochInAnotherOrder() {
        Dataset data = TrainingData.nodes();
        int[] nodes = IntStream.range(0, 100).toArray();
        try (DeviceLease lease = lease(1L << 30);
                ModelSession session = model(data).open(lease);
                Feeds feeds = new Feeds(lease, session, data);
                Feed feed = feeds.training(nodes, 64, new BatchPlan(32, List.of(3, 3)), 5)) {
            List<List<Integer>> orders = new ArrayList<>();
            for (long epoch : new long[] {0, 1, 0}) {
                List<Integer> order = new ArrayList<>();
                feed.forEach(epoch, portion -> {
                    GraphBatch batch = portion.batch().batch();
                    int[] offsets = batch.inOffsets(batch.nodeCount());
                    IntStream.range(0, batch.nodeCount())
                            .forEach(
                                    r -> assertThat(offsets[r + 1] - offsets[r]).isLessThanOrEqualTo(3));
                    IntStream.of(portion.instances()).forEach(order::add);
                });
                orders.add(order);
            }
            assertThat(orders.get(0)).hasSize(100).doesNotHaveDuplicates();
            assertThat(orders.get(1)).containsExactlyInAnyOrderElementsOf(orders.get(0));
            assertThat(orders.get(1)).isNotEqualTo(orders.get(0));
            assertThat(orders.get(2)).isEqualTo(orders.get(0));
        }
    }
}
