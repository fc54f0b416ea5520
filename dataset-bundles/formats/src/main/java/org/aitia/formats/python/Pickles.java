package org.aitia.formats.python;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.PickleException;
import org.aitia.api.AitiaException;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/**
 * Reads Python pickles of protocols 2, 3 and 4 that hold plain data, NumPy arrays or SciPy matrices.
 *
 * <p>A pickle is a program. Here it can name only what is on a list (arrays, scalars and types of NumPy, compressed-row
 * matrices of SciPy, lists and dictionaries), each of which becomes a plain holder of data; nothing that it names is
 * ever looked up or run. Dictionaries have keys of text or numbers; time and memory are bounded by its length.
 *
 * <p>What comes out: {@code None} is null, truth values {@link Boolean}, numbers {@link Integer}, {@link Long},
 * {@link java.math.BigInteger} or {@link Double}, text and byte strings of Python 2 {@link String}, byte strings of
 * Python 3 {@code byte[]}, tuples {@code Object[]}, lists {@link List}, dictionaries {@link Map}, arrays {@link
 * NdArray}, matrices {@link CsrMatrix}. Scalars of NumPy are arrays without axes.
 */
public final class Pickles {
    private Pickles() {}

    /**
     * Reads one object.
     *
     * @param source the pickle
     * @return the object; may be null
     * @throws DataFormatException if it is damaged, or not of the kinds above
     */
    public static Object read(ByteSource source) {
        return read(source, PickleLimits.DEFAULT);
    }

    /**
     * Reads one object.
     *
     * @param source the pickle
     * @param limits what it may ask for
     * @return the object; may be null
     * @throws DataFormatException if it is damaged, not of the kinds above, or asks for more than allowed
     */
    public static Object read(ByteSource source, PickleLimits limits) {
        byte[] bytes = source.bytes(limits.bytes());
        RestrictedUnpickler unpickler = new RestrictedUnpickler(source.name(), bytes, limits.operations());
        try {
            return unpickler.read();
        } catch (AitiaException e) {
            throw e;
        } catch (PickleException e) {
            throw broken(source, unpickler, e.getMessage(), e);
        } catch (IOException e) {
            throw broken(source, unpickler, "the end too early", e);
        } catch (RuntimeException e) { // the library's many ways to meet what it does not expect
            throw broken(source, unpickler, "damaged structure (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static DataFormatException broken(
            ByteSource source, RestrictedUnpickler unpickler, String found, Exception cause) {
        DataFormatException failure = BadFormat.of(
                source.name(), "offset " + unpickler.position(), "a pickle of arrays and plain data", found);
        failure.initCause(cause);
        return failure;
    }

    /**
     * Requires an object to be of a kind.
     *
     * @param <T> the kind
     * @param source where it comes from
     * @param what what it is, for the message
     * @param type the kind
     * @param object from a pickle
     * @return the same object
     * @throws DataFormatException if it is something else
     */
    public static <T> T as(ByteSource source, String what, Class<T> type, Object object) {
        if (!type.isInstance(object)) {
            throw BadFormat.of(source.name(), "", what, describe(object));
        }
        return type.cast(object);
    }

    /**
     * Describes an object in a message.
     *
     * @param object from a pickle
     * @return for example {@code a list}
     */
    public static String describe(Object object) {
        if (object == null) {
            return "nothing";
        } else if (object instanceof Object[] tuple) {
            return "a tuple of " + tuple.length;
        } else if (object instanceof List<?> list) {
            return "a list of " + list.size();
        } else if (object instanceof Map) {
            return "a dictionary";
        } else if (object instanceof NdArray) {
            return "an array";
        } else if (object instanceof CsrMatrix) {
            return "a matrix";
        } else if (object instanceof String) {
            return "text";
        } else if (object instanceof byte[]) {
            return "bytes";
        } else if (object instanceof Number || object instanceof Boolean) {
            return object.toString();
        }
        return "something else";
    }
}
