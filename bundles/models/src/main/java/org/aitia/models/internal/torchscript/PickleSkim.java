package org.aitia.models.internal.torchscript;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pickle of PyTorch's names, found by walking over its instructions. Nothing is built and nothing executed, so
 * that memory and time are bounded by the file; a library would build the objects, of which none is wanted.
 */
final class PickleSkim {
    private static final String REBUILD = "torch._utils _rebuild_tensor";
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int LONGEST_QUOTE = 200;

    private final Set<String> globals = new LinkedHashSet<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private boolean training;
    private boolean damaged;

    private final ByteBuffer bytes;
    private final Map<Integer, String> memo = new HashMap<>();
    private int memoized;
    private String top = ""; // what was pushed last, if it is text or a global
    private final List<String> texts = new ArrayList<>(List.of("", "")); // the last two
    private String lastText = "";
    private String tensorName = "";
    private String storage = "";
    private final List<Long> numbers = new ArrayList<>(); // since the last mark
    private boolean shapeDue;

    /**
     * A tensor.
     *
     * @param name what it is called where it is kept
     * @param storage PyTorch's class of its values, for example {@code FloatStorage}
     * @param shape its extents
     */
    record Tensor(String name, String storage, List<Long> shape) {}

    private PickleSkim(byte[] pickle) {
        bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Walks over pickles.
     *
     * @param pickle one pickle, or several one after the other
     * @return what they name, up to where they are damaged
     */
    static PickleSkim of(byte[] pickle) {
        PickleSkim skim = new PickleSkim(pickle);
        try {
            while (skim.bytes.hasRemaining()) {
                skim.step();
            }
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            skim.damaged = true;
        }
        return skim;
    }

    /** Classes and functions, "module name" each, in order of appearance. */
    Set<String> globals() {
        return globals;
    }

    List<Tensor> tensors() {
        return tensors;
    }

    /** Whether a module in it was in training mode. */
    boolean isTraining() {
        return training;
    }

    boolean isDamaged() {
        return damaged;
    }

    private void step() {
        int code = bytes.get() & 0xff;
        switch (code) {
            case 'X', 'T', 'B' -> text(bytes.getInt());
            case 'U', 'C', 0x8c -> text(bytes.get() & 0xff);
            case 0x8d, 0x8e, 0x96 -> text(Math.toIntExact(bytes.getLong()));
            case 'S', 'V' -> push(line());
            case 'c' -> global(line(), line());
            case 0x93 -> global(texts.get(0), texts.get(1));
            case 'i' -> global(line(), line());
            case 'K' -> number(bytes.get() & 0xff);
            case 'M' -> number(bytes.getShort() & 0xffff);
            case 'J' -> number(bytes.getInt());
            case 0x8a -> longNumber(bytes.get() & 0xff);
            case 0x8b -> longNumber(bytes.getInt());
            case 'q' -> memo.put(bytes.get() & 0xff, top);
            case 'r' -> memo.put(bytes.getInt(), top);
            case 0x94 -> memo.put(memoized++, top);
            case 'h' -> recall(bytes.get() & 0xff);
            case 'j' -> recall(bytes.getInt());
            case '(' -> numbers.clear();
            case ')' -> tuple(0);
            case 't' -> tuple(numbers.size());
            case 0x85, 0x86, 0x87 -> tuple(code - 0x84);
            case 'Q' -> {
                shapeDue = true;
                numbers.clear();
            }
            case 0x88 -> training |= lastText.equals("training");
            case 'G', 0x95 -> skip(8);
            case 0x80, 0x82 -> skip(1);
            case 0x83 -> skip(2);
            case 0x84 -> skip(4);
            case 'F', 'I', 'L', 'P', 'g', 'p' -> line();
            case '.', '0', '1', '2', 'N', 'R', 'a', 'b', 'd', 'e', 'l', 'o', 's', 'u', ']', '}' -> top = "";
            case 0x81, 0x89, 0x8f, 0x90, 0x91, 0x92, 0x97, 0x98 -> top = "";
            default -> throw new IllegalArgumentException("no instruction of pickle: " + code);
        }
        if (code != 0x88 && code != 'q' && code != 'r' && code != 0x94 && !isText(code)) {
            lastText = "";
        }
    }

    private static boolean isText(int code) {
        return code == 'X' || code == 'h' || code == 'j' || code == 0x8c || code == 'U' || code == 'T';
    }

    private void skip(int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + count);
    }

    private void text(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] content = new byte[Math.min(length, LONGEST_TEXT)];
        bytes.get(content);
        skip(length - content.length);
        push(new String(content, StandardCharsets.UTF_8));
    }

    private void push(String text) {
        top = text;
        lastText = text;
        texts.remove(0);
        texts.add(text);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (byte b = bytes.get(); b != '\n'; b = bytes.get()) {
            if (line.length() < LONGEST_TEXT) {
                line.append((char) (b & 0xff));
            }
        }
        return line.toString();
    }

    private void global(String module, String name) {
        String global = plain(module) + " " + plain(name);
        globals.add(global);
        named(global);
        top = global;
    }

    /** What messages may quote: one line, of bounded length. */
    static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }

    private void recall(int place) {
        String known = memo.getOrDefault(place, "");
        if (globals.contains(known)) {
            named(known);
            top = known;
        } else {
            push(known);
        }
    }

    private void named(String global) {
        if (global.startsWith(REBUILD)) {
            tensorName = texts.get(1);
        } else if (global.startsWith("torch ") && global.endsWith("Storage")) {
            storage = global.substring("torch ".length());
        }
    }

    private void number(long value) {
        top = "";
        if (numbers.size() < LONGEST_TEXT) {
            numbers.add(value);
        }
    }

    private void longNumber(int length) {
        long value = 0;
        int from = bytes.position();
        skip(length);
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            value |= (bytes.get(from + i) & 0xffL) << (8 * i);
        }
        number(value);
    }

    private void tuple(int size) {
        top = "";
        if (shapeDue && size <= numbers.size()) {
            tensors.add(new Tensor(
                    plain(tensorName), storage, List.copyOf(numbers.subList(numbers.size() - size, numbers.size()))));
            shapeDue = false;
        }
        numbers.clear();
    }
}
