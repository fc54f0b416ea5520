package org.aitia.models.internal.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aitia.api.Seeds;
import org.aitia.api.graph.GraphBatch;
import org.aitia.api.model.ModelSession;
import org.aitia.api.model.PreparedBatch;

/** Feeds instances in batches of a size, in an order of its own in each epoch or always in the same. */
final class ChunkFeed implements Feed {
    private final ModelSession session;
    private final Joiner joiner;
    private final int[] instances;
    private final int size;
    private final OptionalLong shuffle;
    private final Memory memory;
    private final List<Portion> kept = new ArrayList<>();
    private boolean complete; // whether all portions are kept

    /** Makes a batch whose logits' first rows are those of the instances. */
    interface Joiner {
        GraphBatch join(int[] instances, RandomGenerator random);
    }

    /**
     * How much there is.
     *
     * @param bytes what a batch needs
     * @param limit batches that need more are halved; {@link Long#MAX_VALUE} to take them as they are
     * @param keep batches are kept on the device between visits if all together need no more; 0 for never
     */
    record Memory(ToLongFunction<GraphBatch> bytes, long limit, long keep) {}

    /**
     * For some instances.
     *
     * @param session what prepares batches
     * @param joiner what makes them
     * @param instances what to look at
     * @param size instances per batch
     * @param shuffle seed of the orders and of the joiner's choices; none for the given order
     * @param memory what there is
     */
    ChunkFeed(ModelSession session, Joiner joiner, int[] instances, int size, OptionalLong shuffle, Memory memory) {
        this.session = session;
        this.joiner = joiner;
        this.instances = instances;
        this.size = size;
        this.shuffle = shuffle;
        this.memory = memory;
    }

    @Override
    public void forEach(long epoch, Consumer<Portion> visitor) {
        if (complete) {
            kept.forEach(visitor);
            return;
        }
        long seed = Seeds.derive(shuffle.orElse(0), epoch);
        int[] order = instances;
        if (shuffle.isPresent()) {
            order = instances.clone();
            shuffle(order, Seeds.generator(seed));
        }
        List<Portion> held = new ArrayList<>();
        long[] room = {memory.keep()};
        try {
            for (int from = 0; from < order.length; from += size) {
                int[] chunk = Arrays.copyOfRange(order, from, Math.min(order.length, from + size));
                visit(chunk, Seeds.generator(Seeds.derive(seed, 1L + from)), visitor, held, room);
            }
            if (room[0] >= 0 && memory.keep() > 0) {
                kept.addAll(held);
                held.clear();
                complete = true;
            }
        } finally {
            held.forEach(portion -> portion.batch().close());
        }
    }

    private void visit(
            int[] chunk, RandomGenerator random, Consumer<Portion> visitor, List<Portion> held, long[] room) {
        GraphBatch batch = joiner.join(chunk, random);
        long bytes = memory.bytes().applyAsLong(batch);
        if (bytes > memory.limit() && chunk.length > 1) {
            int half = chunk.length / 2;
            visit(Arrays.copyOf(chunk, half), random, visitor, held, room);
            visit(Arrays.copyOfRange(chunk, half, chunk.length), random, visitor, held, room);
            return;
        }
        room[0] -= Math.min(bytes, Long.MAX_VALUE / 2);
        int[] rows = IntStream.range(0, chunk.length).toArray();
        if (room[0] < 0) {
            held.forEach(portion -> portion.batch().close());
            held.clear();
            room[0] = -1;
            try (PreparedBatch prepared = session.prepare(batch)) {
                visitor.accept(new Portion(prepared, chunk, rows));
            }
        } else {
            Portion portion = new Portion(session.prepare(batch), chunk, rows);
            held.add(portion);
            visitor.accept(portion);
        }
    }

    private static void shuffle(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    @Override
    public int count() {
        return instances.length;
    }

    @Override
    public void close() {
        kept.forEach(portion -> portion.batch().close());
        kept.clear();
        complete = false;
    }
}
