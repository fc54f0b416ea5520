package org.aitia.dataset.planetoid.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import net.razorvine.pickle.PickleException;

/** An array of numbers as NumPy pickles it; decoded when asked for. */
final class NumpyArray implements RestrictedUnpickler.Buildable {

    /** The type of the elements, for example {@code i4}; its state says in which order their bytes are. */
    static final class Type implements RestrictedUnpickler.Buildable {
        private final String name;
        private String byteOrder = "";

        Type(Object[] arguments) {
            name = (String) arguments[0];
        }

        @Override
        public void build(Object state) {
            byteOrder = (String) ((Object[]) state)[1];
        }
    }

    private int[] shape = {};
    private Type type;
    private String data; // a byte string, one character per byte

    @Override
    public void build(Object state) {
        Object[] parts = (Object[]) state; // version, shape, type, column order, data
        if (parts.length != 5 || !Boolean.FALSE.equals(parts[3])) {
            throw new PickleException("an array is not stored row by row");
        }
        shape = Stream.of((Object[]) parts[1]).mapToInt(Integer.class::cast).toArray();
        type = (Type) parts[2];
        data = (String) parts[4];
    }

    int[] shape() {
        return shape.clone();
    }

    int[] ints() {
        int[] values = new int[count("i4")];
        buffer().asIntBuffer().get(values);
        return values;
    }

    float[] floats() {
        float[] values = new float[count("f4")];
        buffer().asFloatBuffer().get(values);
        return values;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(data.getBytes(StandardCharsets.ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The number of elements, which is bounded by the data that are really there. */
    private int count(String expectedType) {
        if (type == null || !type.name.equals(expectedType) || !type.byteOrder.equals("<")) {
            throw new PickleException("an array is not of type " + expectedType);
        }
        long count = 1;
        for (int length : shape) {
            if (length < 0 || count > Integer.MAX_VALUE) {
                throw new PickleException("an array has shape " + Arrays.toString(shape));
            }
            count *= length;
        }
        if (4 * count != data.length()) {
            throw new PickleException(
                    "an array of shape " + Arrays.toString(shape) + " has " + data.length() + " bytes");
        }
        return (int) count;
    }
}
