package org.aitia.formats.split;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.aitia.api.DataFormatException;
import org.aitia.api.dataset.Split;
import org.aitia.formats.BadFormat;
import org.aitia.formats.python.NdArray;
import org.aitia.formats.python.Npz;
import org.aitia.formats.zip.ZipLimits;

/** Reads a split of Geom-GCN: three masks, of truth values or bytes, which need not cover all nodes. */
public final class GeomGcnSplit {
    private static final ZipLimits LIMITS = ZipLimits.DEFAULT.withBytes(16L << 20, 64L << 20);

    private GeomGcnSplit() {}

    /**
     * Reads a split.
     *
     * @param file an npz file with {@code train_mask}, {@code val_mask} and {@code test_mask}
     * @param labels a class per node, -1 for none; nodes without are left out
     * @return the split
     * @throws DataFormatException if masks are missing, of another length, or have a node in common
     */
    public static Split read(Path file, int[] labels) {
        try (Npz npz = Npz.open(file, LIMITS)) {
            int[] seen = new int[labels.length];
            return new Split(
                    part(npz, "train_mask", labels, seen),
                    part(npz, "val_mask", labels, seen),
                    part(npz, "test_mask", labels, seen));
        }
    }

    private static int[] part(Npz npz, String key, int[] labels, int[] seen) {
        NdArray array = npz.require(key).requireAxes(1);
        if (array.count() != labels.length) {
            throw BadFormat.of(
                    array.name(),
                    "",
                    "a value for each of " + labels.length + " nodes",
                    Long.toString(array.count()),
                    "fetch the split of this data set");
        }
        boolean[] mask = array.booleans();
        for (int node = 0; node < mask.length; node++) {
            seen[node] += mask[node] ? 1 : 0;
            if (seen[node] > 1) {
                throw BadFormat.of(array.name(), "node " + node, "every node in one part", "this one in two");
            }
        }
        return IntStream.range(0, mask.length)
                .filter(node -> mask[node] && labels[node] >= 0)
                .toArray();
    }
}
