package org.aitia.formats.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/**
 * An array of NumPy. Its elements are read when they are asked for, row by row, whatever their order in the file, so
 * that an array costs no memory before that.
 *
 * <p>That there are as many bytes as the shape says is checked when an array is made; nothing is ever allocated on the
 * word of a header alone.
 */
public final class NdArray {
    private static final int CHUNK = 1 << 16;

    /** How many bytes of an array are allocated without having seen that they are there. */
    private static final long UNSEEN = 16L << 20;

    private final ByteSource source;
    private final long offset;
    private final ElementType type;
    private final boolean columnsFirst;
    private final long[] shape;
    private final long count;
    private final List<Object> objects;

    private NdArray(
            ByteSource source,
            long offset,
            ElementType type,
            boolean columnsFirst,
            long[] shape,
            long count,
            List<Object> objects) {
        this.source = source;
        this.offset = offset;
        this.type = type;
        this.columnsFirst = columnsFirst && shape.length > 1;
        this.shape = shape;
        this.count = count;
        this.objects = objects;
    }

    /** An array whose bytes begin somewhere in a source and end with it. */
    static NdArray of(ByteSource source, long offset, ElementType type, boolean columnsFirst, long[] shape) {
        if (type.kind() == 'O') {
            throw BadFormat.of(source.name(), "", "numbers or text", "bytes that should be objects");
        }
        long count = count(source.name(), shape);
        long there = source.size() - offset;
        if (count > 0 && type.size() > 0 && count > there / type.size() || count * type.size() != there) {
            throw BadFormat.of(
                    source.name(),
                    "offset " + offset,
                    "the bytes of an array " + Arrays.toString(shape) + " of " + type,
                    there + " bytes");
        }
        return new NdArray(source, offset, type, columnsFirst, shape, count, List.of());
    }

    /** An array of objects, which are not copied: those that are unfinished are replaced later. */
    static NdArray ofObjects(String name, boolean columnsFirst, long[] shape, List<?> objects) {
        long count = count(name, shape);
        if (count != objects.size()) {
            throw BadFormat.of(
                    name,
                    "",
                    "as many objects as an array " + Arrays.toString(shape) + " holds",
                    Integer.toString(objects.size()));
        }
        return new NdArray(
                ByteSource.of(name, new byte[0]),
                0,
                new ElementType('O', 8, ByteOrder.LITTLE_ENDIAN),
                columnsFirst,
                shape,
                count,
                Collections.unmodifiableList(objects));
    }

    private static long count(String name, long[] shape) {
        long count = 1;
        try {
            for (long length : shape) {
                if (length < 0) {
                    throw new ArithmeticException();
                }
                count = Math.multiplyExact(count, length);
            }
        } catch (ArithmeticException e) {
            throw BadFormat.of(name, "", "the shape of an array", Arrays.toString(shape));
        }
        return count;
    }

    /**
     * Returns what messages call it.
     *
     * @return the file and the entry of it
     */
    public String name() {
        return source.name();
    }

    /**
     * Returns the lengths of its axes.
     *
     * @return a new array; empty for a scalar
     */
    public long[] shape() {
        return shape.clone();
    }

    /**
     * Returns the length of an axis.
     *
     * @param axis from 0
     * @return its length
     * @throws DataFormatException if it has no such axis, or one longer than an int
     */
    public int length(int axis) {
        if (axis >= shape.length || shape[axis] > Integer.MAX_VALUE - 8) {
            throw wrong("an axis " + axis, "an array " + Arrays.toString(shape));
        }
        return (int) shape[axis];
    }

    /**
     * Returns the number of elements.
     *
     * @return the product of {@link #shape()}
     */
    public long count() {
        return count;
    }

    /**
     * Returns NumPy's name of the type of the elements.
     *
     * @return for example {@code <f4}
     */
    public String type() {
        return type.toString();
    }

    /**
     * Returns whether the elements are whole numbers or truth values.
     *
     * @return false for floating-point numbers, text and objects
     */
    public boolean isInteger() {
        return type.isInteger();
    }

    /**
     * Requires a number of axes.
     *
     * @param axes how many
     * @return this
     * @throws DataFormatException if it has another number
     */
    public NdArray requireAxes(int axes) {
        if (shape.length != axes) {
            throw wrong("an array of " + axes + (axes == 1 ? " axis" : " axes"), "shape " + Arrays.toString(shape));
        }
        return this;
    }

    /**
     * Returns the elements as whole numbers.
     *
     * @return row by row; 1 and 0 for truth values
     * @throws DataFormatException if the elements are no whole numbers, or one does not fit
     */
    public int[] ints() {
        int[] values = new int[checkedCount(type.isInteger(), "whole numbers")];
        read((at, chunk) -> {
            if (type.kind() == 'i' && type.size() == 4) {
                IntBuffer view = chunk.asIntBuffer();
                view.get(values, at, view.remaining());
                return;
            }
            for (int i = at; chunk.hasRemaining(); i++) {
                long value = type.integer(chunk);
                if (value != (int) value) {
                    throw wrong(
                            "numbers of at most 32 bits",
                            (type.kind() == 'u' ? Long.toUnsignedString(value) : value) + " at position " + i);
                }
                values[i] = (int) value;
            }
        });
        if (columnsFirst) {
            int[] source = values.clone();
            rowsFirst((from, to) -> values[to] = source[from]);
        }
        return values;
    }

    /**
     * Returns the elements as whole numbers.
     *
     * @return row by row; 1 and 0 for truth values
     * @throws DataFormatException if the elements are no whole numbers
     */
    public long[] longs() {
        long[] values = new long[checkedCount(type.isInteger(), "whole numbers")];
        read((at, chunk) -> {
            for (int i = at; chunk.hasRemaining(); i++) {
                values[i] = type.integer(chunk);
                if (values[i] < 0 && type.kind() == 'u') {
                    throw wrong("numbers of at most 63 bits", Long.toUnsignedString(values[i]) + " at position " + i);
                }
            }
        });
        if (columnsFirst) {
            long[] source = values.clone();
            rowsFirst((from, to) -> values[to] = source[from]);
        }
        return values;
    }

    /**
     * Returns the elements as numbers of single precision.
     *
     * @return row by row, rounded
     * @throws DataFormatException if the elements are no numbers
     */
    public float[] floats() {
        float[] values = new float[checkedCount(type.isNumber(), "numbers")];
        read((at, chunk) -> {
            if (type.kind() == 'f' && type.size() == 4) {
                FloatBuffer view = chunk.asFloatBuffer();
                view.get(values, at, view.remaining());
                return;
            }
            for (int i = at; chunk.hasRemaining(); i++) {
                values[i] = (float) type.number(chunk);
            }
        });
        if (columnsFirst) {
            float[] source = values.clone();
            rowsFirst((from, to) -> values[to] = source[from]);
        }
        return values;
    }

    /**
     * Returns the elements as numbers of double precision.
     *
     * @return row by row
     * @throws DataFormatException if the elements are no numbers
     */
    public double[] doubles() {
        double[] values = new double[checkedCount(type.isNumber(), "numbers")];
        read((at, chunk) -> {
            for (int i = at; chunk.hasRemaining(); i++) {
                values[i] = type.number(chunk);
            }
        });
        if (columnsFirst) {
            double[] source = values.clone();
            rowsFirst((from, to) -> values[to] = source[from]);
        }
        return values;
    }

    /**
     * Returns the elements as truth values.
     *
     * @return row by row, whether they differ from 0; masks are stored as {@code bool} or {@code uint8}
     * @throws DataFormatException if the elements are neither truth values nor whole numbers
     */
    public boolean[] booleans() {
        int[] values = ints();
        boolean[] truths = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            truths[i] = values[i] != 0;
        }
        return truths;
    }

    /**
     * Returns the elements as numbers of single precision, mapped into memory where the file holds them like that.
     *
     * <p>A mapped buffer takes no heap and is not checked against the archive's checksum; it stays valid after the
     * archive is closed.
     *
     * @return read-only, row by row
     * @throws DataFormatException if the elements are no numbers
     */
    public FloatBuffer floatBuffer() {
        int size = checkedCount(type.isNumber(), "numbers");
        Optional<ByteSource.Region> region = source.region();
        boolean mappable = region.isPresent()
                && type.kind() == 'f'
                && type.size() == 4
                && !columnsFirst
                && 4L * size <= Integer.MAX_VALUE;
        if (!mappable) {
            return FloatBuffer.wrap(floats()).asReadOnlyBuffer();
        }
        long from = region.get().offset() + offset;
        try (FileChannel channel = FileChannel.open(region.get().file(), StandardOpenOption.READ)) {
            if (from + 4L * size > channel.size()) {
                throw wrong(4L * size + " bytes of data", "the end of the file");
            }
            return channel.map(MapMode.READ_ONLY, from, 4L * size)
                    .order(type.order())
                    .asFloatBuffer();
        } catch (UnsupportedOperationException e) { // a file system that cannot map
            return FloatBuffer.wrap(floats()).asReadOnlyBuffer();
        } catch (IOException e) {
            throw BadFormat.unreadable(name(), e);
        }
    }

    /**
     * Returns the elements as text.
     *
     * @return row by row, without the zeros at their ends; of objects, those that are text
     * @throws DataFormatException if the elements are no text
     */
    public List<String> strings() {
        if (type.kind() == 'O') {
            List<String> texts = new ArrayList<>();
            for (Object object : objects()) {
                if (!(object instanceof String text)) {
                    throw wrong("text", Pickles.describe(object));
                }
                texts.add(text);
            }
            return texts;
        }
        String[] values = new String[checkedCount(type.kind() == 'U' || type.kind() == 'S', "text")];
        Arrays.fill(values, "");
        read((at, chunk) -> {
            byte[] bytes = new byte[type.size()];
            for (int i = at; chunk.hasRemaining(); i++) {
                chunk.get(bytes);
                values[i] = text(bytes);
            }
        });
        if (columnsFirst) {
            String[] source = values.clone();
            rowsFirst((from, to) -> values[to] = source[from]);
        }
        return List.of(values);
    }

    private String text(byte[] bytes) {
        if (type.kind() == 'S') {
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] == 0) {
                end--;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder();
        ByteBuffer points = ByteBuffer.wrap(bytes).order(type.order());
        int length = 0;
        while (points.hasRemaining()) {
            int point = points.getInt();
            if (!Character.isValidCodePoint(point)) {
                throw wrong("text", "a character of number " + Integer.toUnsignedString(point));
            }
            text.appendCodePoint(point);
            length = point == 0 ? length : text.length();
        }
        return text.substring(0, length);
    }

    /**
     * Returns the elements of an array of objects.
     *
     * @return row by row; elements may be null, which is Python's {@code None}
     * @throws DataFormatException if the elements are no objects
     */
    public List<Object> objects() {
        checkedCount(type.kind() == 'O', "objects");
        if (!columnsFirst) {
            return objects;
        }
        Object[] values = new Object[objects.size()];
        rowsFirst((from, to) -> values[to] = objects.get(from));
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    private int checkedCount(boolean fits, String expected) {
        if (!fits) {
            throw wrong(expected, "elements of type " + type);
        }
        if (count > Integer.MAX_VALUE - 8) {
            throw wrong("at most " + (Integer.MAX_VALUE - 8) + " elements", Long.toString(count));
        }
        requireBytes();
        return (int) count;
    }

    /** What a compressed entry declares may not be there: a look costs time, but no memory. */
    private void requireBytes() {
        if (source.region().isEmpty() && count * type.size() > UNSEEN) {
            try (InputStream in = source.open()) {
                in.skipNBytes(offset + count * type.size());
            } catch (IOException e) {
                throw BadFormat.unreadable(name(), e);
            }
        }
    }

    private DataFormatException wrong(String expected, String found) {
        return BadFormat.of(name(), "", expected, found);
    }

    /** Receives the bytes of some elements, whole ones, of which the first is the {@code at}-th stored. */
    private interface Consumer {
        void accept(int at, ByteBuffer chunk);
    }

    private void read(Consumer consumer) {
        if (count == 0 || type.size() == 0) {
            return;
        }
        int perChunk = Math.max(1, CHUNK / type.size());
        byte[] buffer = new byte[(int) Math.min(perChunk, count) * type.size()];
        try (InputStream in = source.open()) {
            in.skipNBytes(offset);
            for (long at = 0; at < count; at += perChunk) {
                int length = (int) Math.min(perChunk, count - at) * type.size();
                int read = in.readNBytes(buffer, 0, length);
                if (read < length) {
                    throw wrong(count + " elements", "the end within element " + (at + read / type.size()));
                }
                consumer.accept((int) at, ByteBuffer.wrap(buffer, 0, length).order(type.order()));
            }
        } catch (IOException e) {
            throw BadFormat.unreadable(name(), e);
        }
    }

    /** Moves one element. */
    private interface Move {
        void accept(int from, int to);
    }

    private void rowsFirst(Move move) {
        int axes = shape.length;
        int[] index = new int[axes];
        int[] stride = new int[axes]; // in storage, where the first axis runs fastest
        int step = 1;
        for (int axis = 0; axis < axes; axis++) {
            stride[axis] = step;
            step *= (int) shape[axis];
        }
        int from = 0;
        for (int to = 0; to < count; to++) {
            move.accept(from, to);
            int axis = axes - 1;
            while (axis >= 0 && ++index[axis] == shape[axis]) {
                from -= stride[axis] * (index[axis] - 1);
                index[axis--] = 0;
            }
            if (axis >= 0) {
                from += stride[axis];
            }
        }
    }

    @Override
    public String toString() {
        return "NdArray[" + name() + ", " + type + ", " + Arrays.toString(shape) + "]";
    }
}
