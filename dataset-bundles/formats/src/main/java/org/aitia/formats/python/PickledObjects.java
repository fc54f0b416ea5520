package org.aitia.formats.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import org.aitia.formats.BadFormat;
import org.aitia.formats.ByteSource;

/** What a pickle may name, and what becomes of it. */
final class PickledObjects {
    /** An object whose content follows its creation. */
    interface Buildable {
        void build(Object state);
    }

    /** An object that is known only when everything has been read. */
    private interface Unfinished {
        Object finished();
    }

    private static final IObjectConstructor NOT_CALLED = arguments -> {
        throw new PickleException("a call of a class that only names a type");
    };

    private final String file;
    private final Map<String, IObjectConstructor> allowed = new HashMap<>();

    /** A thousand arrays may refer to one string; its bytes are made once. */
    private final IdentityHashMap<String, byte[]> bytesOfStrings = new IdentityHashMap<>();

    PickledObjects(String file) {
        this.file = file;
        for (String module : List.of("numpy.core.multiarray", "numpy._core.multiarray")) {
            allowed.put(module + " _reconstruct", arguments -> new Array());
            allowed.put(module + " scalar", Scalar::new);
        }
        allowed.put("numpy ndarray", NOT_CALLED);
        allowed.put("numpy dtype", Type::new);
        for (String module : List.of("scipy.sparse.csr", "scipy.sparse._csr")) {
            allowed.put(module + " csr_matrix", arguments -> new Matrix());
            allowed.put(module + " csr_array", arguments -> new Matrix());
        }
        allowed.put("collections defaultdict", arguments -> new LinkedHashMap<>(4));
        allowed.put("collections OrderedDict", arguments -> new LinkedHashMap<>(4));
        for (String module : List.of("__builtin__", "builtins")) {
            for (String type : List.of("list", "dict", "int", "float")) {
                allowed.put(module + " " + type, NOT_CALLED);
            }
            allowed.put(module + " bytes", PickledObjects::noBytes);
        }
        allowed.put("_codecs encode", this::encoded);
    }

    /** What a name stands for; null if it is not allowed. */
    IObjectConstructor constructor(String name) {
        return allowed.get(name);
    }

    /** Python 3 writes empty byte strings like this in protocol 2. */
    private static byte[] noBytes(Object[] arguments) {
        if (arguments.length != 0) {
            throw new PickleException("a call of bytes with arguments");
        }
        return new byte[0];
    }

    /** Python 3 writes other byte strings like this in protocol 2. */
    private byte[] encoded(Object[] arguments) {
        if (arguments.length != 2 || !(arguments[0] instanceof String text) || !"latin1".equals(arguments[1])) {
            throw new PickleException("bytes that are not encoded as latin1");
        }
        return bytes(text);
    }

    /** Bytes as Python 2 and Python 3 pickle them. */
    private byte[] bytes(Object data) {
        return data instanceof String text
                ? bytesOfStrings.computeIfAbsent(text, key -> key.getBytes(StandardCharsets.ISO_8859_1))
                : (byte[]) data;
    }

    /** Turns a key of a dictionary into text or a number. */
    static Object key(Object given) {
        if (given instanceof Scalar scalar) {
            NdArray number = scalar.finished();
            if (number.isInteger()) {
                return number.longs()[0];
            }
            return number.doubles()[0];
        } else if (given instanceof Number || given instanceof String) {
            return given;
        }
        throw new PickleException("a dictionary with a key that is neither number nor text");
    }

    /**
     * Puts arrays and matrices in the places of those that were unfinished, however deep, without recursion.
     *
     * @param value what was read
     * @return the same, or the array or matrix that it is
     */
    Object finish(Object value) {
        Object[] root = {value};
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            replaceIn(open.remove(), inner -> {
                if (inner instanceof Object[]
                        || inner instanceof List
                        || inner instanceof Map
                        || inner instanceof Array) {
                    if (seen.add(inner)) {
                        open.add(inner);
                    }
                }
            });
        }
        return root[0];
    }

    private static void replaceIn(Object container, Consumer<Object> visitor) {
        if (container instanceof Object[] tuple) {
            replaceAll(Arrays.asList(tuple), visitor);
        } else if (container instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<Object, Object> entries = (Map<Object, Object>) map;
            entries.replaceAll((key, inner) -> replaced(inner, visitor));
        } else if (container instanceof List<?> list) {
            @SuppressWarnings("unchecked")
            List<Object> elements = (List<Object>) list;
            replaceAll(elements, visitor);
        } else if (container instanceof Array array) {
            array.objects().ifPresent(visitor);
        }
    }

    private static void replaceAll(List<Object> list, Consumer<Object> visitor) {
        list.replaceAll(inner -> replaced(inner, visitor));
    }

    private static Object replaced(Object inner, Consumer<Object> visitor) {
        visitor.accept(inner);
        return inner instanceof Unfinished unfinished ? unfinished.finished() : inner;
    }

    /** A type of elements; its state says in which order their bytes are. */
    private static final class Type implements Buildable {
        private final String code;
        private String byteOrder = "|";

        Type(Object[] arguments) {
            code = (String) arguments[0];
        }

        @Override
        public void build(Object state) {
            byteOrder = (String) ((Object[]) state)[1];
        }

        ElementType type() {
            return ElementType.of(code)
                    .orElseThrow(() -> new PickleException("an array of type " + BadFormat.quote(code)
                            + " where truth values, numbers, text and objects can be read"))
                    .ordered(byteOrder);
        }
    }

    /** A number of NumPy. */
    private final class Scalar implements Unfinished {
        private final Object[] arguments;

        Scalar(Object[] arguments) {
            this.arguments = arguments;
        }

        @Override
        public NdArray finished() {
            if (arguments.length != 2) {
                throw new PickleException("a scalar without value");
            }
            return NdArray.of(
                    ByteSource.of(file, bytes(arguments[1])), 0, ((Type) arguments[0]).type(), false, new long[0]);
        }
    }

    private final class Array implements Buildable, Unfinished {
        private Object[] parts = {};
        private NdArray finished;

        @Override
        public void build(Object state) {
            parts = (Object[]) state; // version, shape, type, whether columns come first, data
            if (parts.length != 5) {
                throw new PickleException("an array of " + parts.length + " parts where there are 5");
            }
        }

        /** The elements, if they are objects. */
        Optional<List<?>> objects() {
            return parts.length == 5 && parts[4] instanceof List<?> list ? Optional.of(list) : Optional.empty();
        }

        @Override
        public NdArray finished() {
            if (parts.length != 5) {
                throw new PickleException("an array without content");
            }
            if (finished == null) {
                Object[] lengths = (Object[]) parts[1];
                long[] shape = new long[lengths.length];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = ((Number) lengths[i]).longValue();
                }
                ElementType type = ((Type) parts[2]).type();
                boolean columnsFirst = Boolean.TRUE.equals(parts[3]);
                finished = type.kind() == 'O'
                        ? NdArray.ofObjects(file, columnsFirst, shape, (List<?>) parts[4])
                        : NdArray.of(ByteSource.of(file, bytes(parts[4])), 0, type, columnsFirst, shape);
            }
            return finished;
        }
    }

    private final class Matrix implements Buildable, Unfinished {
        private Map<?, ?> state = Map.of();

        @Override
        public void build(Object given) {
            state = (Map<?, ?>) given;
        }

        @Override
        public CsrMatrix finished() {
            if (!(state.get("_shape") instanceof Object[] lengths)
                    || lengths.length != 2
                    || !(lengths[0] instanceof Integer rows)
                    || !(lengths[1] instanceof Integer columns)) {
                throw new PickleException("a matrix without two dimensions");
            }
            return CsrMatrix.of(file, rows, columns, part("indptr"), part("indices"), part("data"));
        }

        private NdArray part(String name) {
            Object part = state.get(name);
            if (part instanceof NdArray array) {
                return array;
            } else if (part instanceof Array array) {
                return array.finished();
            }
            throw new PickleException("a matrix without " + name);
        }
    }
}
