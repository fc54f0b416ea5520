package org.aitia.dataset.planetoid.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles of NumPy arrays, SciPy matrices, lists and dictionaries, and nothing else.
 *
 * <p>A pickle is a program. This one can name only the six classes below, each of which becomes a plain holder of data;
 * it can use only the operations that Python 2 wrote into the Planetoid files; and it cannot make the reader allocate
 * more than in proportion to its own length. The library's registry of constructors, which is static and thus shared by
 * all who use it, is neither read nor written.
 */
final class RestrictedUnpickler extends Unpickler {
    /** An object whose content follows its creation. */
    interface Buildable {
        void build(Object state);
    }

    private static final IObjectConstructor NOT_CALLED = arguments -> {
        throw new PickleException("a class that only names a type is called");
    };

    private static final Map<String, IObjectConstructor> ALLOWED = Map.of(
            "scipy.sparse.csr csr_matrix",
            arguments -> new CsrMatrix(),
            "numpy.core.multiarray _reconstruct",
            arguments -> new NumpyArray(),
            "numpy ndarray",
            NOT_CALLED,
            "numpy dtype",
            NumpyArray.Type::new,
            "collections defaultdict",
            arguments -> new HashMap<>(),
            "__builtin__ list",
            NOT_CALLED);

    /** What the library may do as it likes; what has to be done with care is below. */
    private static final Set<Short> HARMLESS = Set.of(
            Opcodes.PROTO,
            Opcodes.STOP,
            Opcodes.MARK,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.SHORT_BINSTRING,
            Opcodes.EMPTY_LIST,
            Opcodes.EMPTY_DICT,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.APPEND,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.BINGET,
            Opcodes.REDUCE,
            Opcodes.NEWOBJ);

    private RestrictedUnpickler() {}

    /**
     * Reads one object.
     *
     * @throws IOException if the bytes end too early
     * @throws RuntimeException if they are not what is expected, in one of many ways
     */
    static Object read(byte[] bytes) throws IOException {
        RestrictedUnpickler unpickler = new RestrictedUnpickler();
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        Object value = unpickler.load(in);
        if (in.available() > 0) {
            throw new PickleException(in.available() + " bytes follow the end");
        }
        return value;
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.GLOBAL -> loadGlobal();
            case Opcodes.BINSTRING -> loadBytes();
            case Opcodes.BUILD -> build();
            case Opcodes.SETITEMS -> setItems();
            case Opcodes.APPENDS -> appendItems();
            default -> {
                if (!HARMLESS.contains(opcode)) {
                    throw new PickleException("operation " + opcode + " has no place here");
                }
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    private void loadGlobal() throws IOException {
        String name = PickleUtils.readline(input) + " " + PickleUtils.readline(input);
        IObjectConstructor constructor = ALLOWED.get(name);
        if (constructor == null) {
            throw new PickleException(
                    "it names '" + name.substring(0, Math.min(80, name.length())) + "', which is not allowed");
        }
        stack.add(constructor);
    }

    /** The library allocates what a length says, be it 2 GiB, before it looks whether there is so much. */
    private void loadBytes() throws IOException {
        int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, 4));
        if (length < 0 || length > input.available()) {
            throw new PickleException(
                    "a string of " + length + " bytes begins " + input.available() + " bytes before the end");
        }
        stack.add(new String(PickleUtils.readbytes(input, length), StandardCharsets.ISO_8859_1));
    }

    /** The library looks for a method by reflection. */
    private void build() {
        Object state = stack.pop();
        ((Buildable) stack.peek()).build(state);
    }

    /** Lists as keys, of which a list may contain itself, would let hash codes be computed without end. */
    private void setItems() {
        List<Object> items = stack.pop_all_since_marker();
        @SuppressWarnings("unchecked")
        HashMap<Object, Object> map = (HashMap<Object, Object>) stack.peek();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (!(key instanceof Integer) && !(key instanceof String)) {
                throw new PickleException("a dictionary has a key that is neither number nor text");
            }
            map.put(key, items.get(i + 1));
        }
    }

    /** The library copies the whole list each time. */
    private void appendItems() {
        List<Object> items = stack.pop_all_since_marker();
        @SuppressWarnings("unchecked")
        ArrayList<Object> list = (ArrayList<Object>) stack.peek();
        list.addAll(items);
    }
}
