package org.aitia.models.internal.feed;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.aitia.api.model.PreparedBatch;

/** Feeds all instances in one batch, which is brought to the device when first needed. */
final class WholeFeed implements Feed {
    private final Supplier<PreparedBatch> source;
    private final boolean owner;
    private final int[] instances;
    private final int[] rows;
    private Optional<PreparedBatch> batch = Optional.empty();

    /**
     * For some instances.
     *
     * @param source of the batch
     * @param owner whether the batch is closed with this feed
     * @param instances what to look at
     * @param rows the row of the logits that belongs to each
     */
    WholeFeed(Supplier<PreparedBatch> source, boolean owner, int[] instances, int[] rows) {
        this.source = source;
        this.owner = owner;
        this.instances = instances;
        this.rows = rows;
    }

    @Override
    public void forEach(long epoch, Consumer<Portion> visitor) {
        if (instances.length == 0) {
            return;
        }
        PreparedBatch prepared = batch.orElseGet(source);
        batch = Optional.of(prepared);
        visitor.accept(new Portion(prepared, instances, rows));
    }

    @Override
    public int count() {
        return instances.length;
    }

    @Override
    public void close() {
        if (owner) {
            batch.ifPresent(PreparedBatch::close);
        }
        batch = Optional.empty();
    }
}
