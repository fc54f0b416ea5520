package org.aitia.models.internal.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Task;
import org.aitia.api.TaskMonitor;
import org.aitia.api.device.DeviceLease;
import org.aitia.models.internal.feed.BatchPlan;
import org.aitia.models.internal.feed.Feeds;

/** Decides how a node or link task goes through its graph: whole if it fits into memory, else in mini-batches. */
final class Planner {
    /** Instances per step where the user has not said how many. */
    private static final int BATCH = 1024;
    /** Steps of fewer instances with all their in-edges are not tried; in-edges are drawn then. */
    private static final int LEAST_EXACT_BATCH = 64;
    /** In-edges drawn per layer where exact receptive fields do not fit; GraphSAGE's are 25 and 10. */
    private static final int FANOUT = 10;

    private static final double BYTES_PER_GIB = 1L << 30;

    private Planner() {}

    static BatchPlan plan(
            DeviceLease lease,
            Feeds feeds,
            Subject subject,
            TrainerOptions options,
            int hops,
            long seed,
            TaskMonitor monitor) {
        Task task = subject.dataset().info().task();
        List<Integer> fanouts = fanouts(options.fanouts(), hops, task);
        if (task == Task.GRAPH) {
            if (options.batchNodes() > 0) {
                throw new InvalidRequestException(
                        "option 'batchNodes' is for node and link tasks; batches of graphs are set with batchSize");
            }
            return BatchPlan.WHOLE;
        }
        if (options.batchNodes() > 0 || !fanouts.isEmpty()) {
            return new BatchPlan(options.batchNodes() > 0 ? options.batchNodes() : BATCH, fanouts);
        }
        if (feeds.wholeFits()) {
            return BatchPlan.WHOLE;
        }
        BatchPlan plan = fitting(feeds, subject.instances(Part.TRAIN), hops, task, seed);
        monitor.message(String.format(
                Locale.ROOT,
                "the whole graph needs about %.2f GiB, %s has %.2f: training on %s (options batchNodes and fanouts)",
                feeds.wholeBytes() / BYTES_PER_GIB,
                lease.deviceId(),
                lease.memoryBudget() / BYTES_PER_GIB,
                plan));
        return plan;
    }

    private static BatchPlan fitting(Feeds feeds, int[] instances, int hops, Task task, long seed) {
        for (int size = BATCH; size >= LEAST_EXACT_BATCH; size /= 2) {
            BatchPlan plan = new BatchPlan(size, List.of());
            if (feeds.stepFits(instances, plan, seed)) {
                return plan;
            }
        }
        List<Integer> fanouts = task == Task.NODE ? Collections.nCopies(hops, FANOUT) : List.of();
        int size = LEAST_EXACT_BATCH;
        while (size > 1 && !feeds.stepFits(instances, new BatchPlan(size, fanouts), seed)) {
            size /= 2;
        }
        return new BatchPlan(size, fanouts);
    }

    private static List<Integer> fanouts(String text, int hops, Task task) {
        if (text.isBlank()) {
            return List.of();
        }
        if (task != Task.NODE) {
            throw new InvalidRequestException("option 'fanouts' draws in-edges for node tasks; leave it out for "
                    + task.name().toLowerCase(Locale.ROOT) + " tasks");
        }
        List<Integer> fanouts = new ArrayList<>();
        for (String number : text.split(",", -1)) {
            try {
                int fanout = Integer.parseInt(number.trim());
                if (fanout == -1 || fanout > 0) {
                    fanouts.add(fanout);
                    continue;
                }
            } catch (NumberFormatException e) {
                // refused below, like a number that is none to draw by
            }
            throw new InvalidRequestException("option 'fanouts' takes numbers of in-edges of at least 1, or -1 for all,"
                    + " with commas between them, not '" + number.trim() + "'");
        }
        if (fanouts.size() != hops) {
            throw new InvalidRequestException("option 'fanouts' needs one number for each of the model's " + hops
                    + " message-passing layers, as in " + String.join(",", Collections.nCopies(hops, "10")) + ", not "
                    + fanouts.size());
        }
        return fanouts;
    }
}
