package org.aitia.formats.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/** Reads npy files of versions 1.0, 2.0 and 3.0. */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,20})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L, ]*)\\)");

    private Npy() {}

    /**
     * Reads the header of a file; its elements are read when they are asked for. Only an array of objects is read
     * whole, by {@link Pickles}.
     *
     * @param source the file
     * @return the array
     * @throws DataFormatException if it is no npy file, or of a type that is not known
     */
    public static NdArray read(ByteSource source) {
        return read(source, PickleLimits.DEFAULT);
    }

    /**
     * Reads the header of a file.
     *
     * @param source the file
     * @param limits for an array of objects
     * @return the array
     * @throws DataFormatException if it is no npy file, or of a type that is not known
     */
    public static NdArray read(ByteSource source, PickleLimits limits) {
        int start;
        String header;
        try (InputStream in = source.open()) {
            byte[] begin = in.readNBytes(8);
            if (begin.length < 8 || !Arrays.equals(MAGIC, 0, 6, begin, 0, 6)) {
                throw BadFormat.of(source.name(), "offset 0", "an npy file", "other bytes");
            }
            int version = begin[6];
            if (version < 1 || version > 3) {
                throw BadFormat.of(
                        source.name(), "offset 6", "version 1, 2 or 3 of the npy format", Integer.toString(version));
            }
            int digits = version == 1 ? 2 : 4;
            byte[] lengthBytes = Arrays.copyOf(in.readNBytes(digits), 4);
            int length =
                    ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
            if (length < 0 || length > LONGEST_HEADER) {
                throw BadFormat.of(
                        source.name(),
                        "offset 8",
                        "a header of at most " + LONGEST_HEADER + " bytes",
                        Integer.toUnsignedString(length));
            }
            byte[] bytes = in.readNBytes(length);
            start = 8 + digits + length;
            if (bytes.length < length) {
                throw BadFormat.of(
                        source.name(), "offset " + (8 + digits), "a header of " + length + " bytes", "the end");
            }
            header = new String(bytes, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw BadFormat.unreadable(source.name(), e);
        }
        String code = find(source, TYPE, header, "a simple type of elements");
        ElementType type = ElementType.of(code)
                .orElseThrow(() -> BadFormat.of(
                        source.name(),
                        "its header",
                        "truth values, numbers, text or objects",
                        "type " + BadFormat.quote(code),
                        "store the array as one of those"));
        boolean columnsFirst = find(source, ORDER, header, "'fortran_order'").equals("True");
        long[] shape = shape(source, find(source, SHAPE, header, "'shape'"));
        if (type.kind() == 'O') {
            return objects(source, start, limits);
        }
        return NdArray.of(source, start, type, columnsFirst, shape);
    }

    private static NdArray objects(ByteSource source, int start, PickleLimits limits) {
        byte[] all = source.bytes(limits.bytes());
        Object array = Pickles.read(ByteSource.of(source.name(), Arrays.copyOfRange(all, start, all.length)), limits);
        if (array instanceof NdArray found) {
            return found;
        }
        throw BadFormat.of(source.name(), "offset " + start, "an array of objects", Pickles.describe(array));
    }

    private static String find(ByteSource source, Pattern pattern, String header, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw BadFormat.of(source.name(), "its header", what, BadFormat.quote(header));
        }
        return matcher.group(1);
    }

    private static long[] shape(ByteSource source, String text) {
        try {
            return Pattern.compile(",")
                    .splitAsStream(text)
                    .map(part -> part.replace("L", "").strip())
                    .filter(part -> !part.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw BadFormat.of(source.name(), "its header", "a shape", BadFormat.quote(text));
        }
    }
}
