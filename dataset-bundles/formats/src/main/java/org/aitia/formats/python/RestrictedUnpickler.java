package org.aitia.formats.python;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.aitia.formats.BadFormat;

/**
 * The library's unpickler with only the harmless part of its operations, and those that allocate, call or look
 * something up done anew.
 *
 * <p>The library's registry of constructors, which is static and thus shared by all who use it, is neither read nor
 * written. There is no recursion, so depth costs nothing; sizes are compared with what is left before they are
 * believed.
 */
final class RestrictedUnpickler extends Unpickler {
    /** What the library may do as it likes. */
    private static final Set<Short> HARMLESS = Set.of(
            Opcodes.STOP,
            Opcodes.MARK,
            Opcodes.POP,
            Opcodes.POP_MARK,
            Opcodes.DUP,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.LONG1,
            Opcodes.BINFLOAT,
            Opcodes.SHORT_BINSTRING,
            Opcodes.SHORT_BINBYTES,
            Opcodes.SHORT_BINUNICODE,
            Opcodes.EMPTY_LIST,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.APPEND,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.REDUCE,
            Opcodes.NEWOBJ,
            Opcodes.FRAME);

    private final ByteArrayInputStream bytes;
    private final int length;
    private final PickledObjects objects;
    private int operationsLeft;

    RestrictedUnpickler(String name, byte[] bytes, int operations) {
        this.bytes = new ByteArrayInputStream(bytes);
        this.length = bytes.length;
        this.operationsLeft = operations;
        this.objects = new PickledObjects(name);
    }

    /**
     * Reads one object.
     *
     * @throws IOException if the bytes end too early
     * @throws RuntimeException if they are not what is expected, in one of many ways
     */
    Object read() throws IOException {
        Object value = load(bytes);
        if (bytes.available() > 0) {
            throw new PickleException(bytes.available() + " bytes after the end");
        }
        return objects.finish(value);
    }

    /** How far it has come. */
    int position() {
        return length - bytes.available();
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        if (opcode < 0) {
            throw new EOFException();
        }
        if (operationsLeft-- <= 0) {
            throw new PickleException("more operations than are allowed");
        }
        switch (opcode) {
            case Opcodes.PROTO -> protocol();
            case Opcodes.GLOBAL -> global(PickleUtils.readline(input), PickleUtils.readline(input));
            case Opcodes.STACK_GLOBAL -> {
                String member = (String) stack.pop();
                global((String) stack.pop(), member);
            }
            case Opcodes.BINSTRING -> stack.add(latin(sized(4)));
            case Opcodes.BINBYTES -> stack.add(sized(4));
            case Opcodes.BINBYTES8 -> stack.add(sized(8));
            case Opcodes.BINUNICODE -> stack.add(new String(sized(4), StandardCharsets.UTF_8));
            case Opcodes.BINUNICODE8 -> stack.add(new String(sized(8), StandardCharsets.UTF_8));
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>(4));
            case Opcodes.BUILD -> build();
            case Opcodes.SETITEM -> setItem();
            case Opcodes.SETITEMS -> setItems();
            case Opcodes.APPENDS -> appendItems();
            default -> {
                if (!HARMLESS.contains(opcode)) {
                    throw new PickleException("operation " + opcode + ", which has no place here");
                }
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    private void protocol() throws IOException {
        int protocol = PickleUtils.readbyte(input);
        if (protocol < 2 || protocol > 4) {
            throw new PickleException("protocol " + protocol + " where 2, 3 or 4 can be read");
        }
    }

    private void global(String module, String member) {
        String called = module + " " + member;
        IObjectConstructor constructor = objects.constructor(called);
        if (constructor == null) {
            throw new PickleException("the name " + BadFormat.quote(called) + ", which is not allowed");
        }
        stack.add(constructor);
    }

    /** The library allocates what a length says, be it 2 GiB, before it looks whether there is so much. */
    private byte[] sized(int digits) throws IOException {
        byte[] size = PickleUtils.readbytes(input, digits);
        long wanted = digits == 4 ? PickleUtils.bytes_to_uint(size, 0) : PickleUtils.bytes_to_long(size, 0);
        if (wanted < 0 || wanted > bytes.available()) {
            throw new PickleException("a string of " + Long.toUnsignedString(wanted) + " bytes that begins "
                    + bytes.available() + " bytes before the end");
        }
        return PickleUtils.readbytes(input, (int) wanted);
    }

    private static String latin(byte[] string) {
        return new String(string, StandardCharsets.ISO_8859_1);
    }

    /** The library looks for a method by reflection. */
    private void build() {
        Object state = stack.pop();
        ((PickledObjects.Buildable) stack.peek()).build(state);
    }

    private void setItem() {
        Object value = stack.pop();
        Object key = stack.pop();
        put(key, value);
    }

    private void setItems() {
        List<Object> items = stack.pop_all_since_marker();
        for (int i = 0; i < items.size(); i += 2) {
            put(items.get(i), items.get(i + 1));
        }
    }

    /** Lists as keys, of which a list may contain itself, would let hash codes be computed without end. */
    private void put(Object key, Object value) {
        @SuppressWarnings("unchecked")
        LinkedHashMap<Object, Object> map = (LinkedHashMap<Object, Object>) stack.peek();
        map.put(PickledObjects.key(key), value);
    }

    /** The library copies the whole list each time. */
    private void appendItems() {
        List<Object> items = stack.pop_all_since_marker();
        @SuppressWarnings("unchecked")
        ArrayList<Object> list = (ArrayList<Object>) stack.peek();
        list.addAll(items);
    }
}
