package org.aitia.dataset.tudataset.internal;

import java.util.Arrays;
import org.aitia.formats.BadFormat;
import org.aitia.formats.text.TextLine;

/** Numbers while they are read. */
final class Floats {
    private float[] values = new float[1024];
    private int count;

    void add(TextLine line, String field) {
        float value = (float) line.number(field);
        if (!Float.isFinite(value)) {
            throw line.wrong("a number of single precision", BadFormat.quote(field));
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.addExact(count, count >> 1));
        }
        values[count++] = value;
    }

    int size() {
        return count;
    }

    float[] toArray() {
        return Arrays.copyOf(values, count);
    }
}
