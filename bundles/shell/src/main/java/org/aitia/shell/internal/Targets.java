package org.aitia.shell.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.api.InvalidRequestException;

/** Nodes or graphs in the notation of the command line: {@code 5}, {@code 5,7}, {@code 400..699:5}, combined by commas. */
public final class Targets {
    private static final Pattern PART = Pattern.compile("(\\d+)(?:\\.\\.(\\d+)(?::(\\d+))?)?");

    private record Range(int first, int last, int step) {}

    private final String text;
    private final String kind;
    private final List<Range> ranges;

    private Targets(String text, String kind, List<Range> ranges) {
        this.text = text;
        this.kind = kind;
        this.ranges = ranges;
    }

    /**
     * Reads the notation.
     *
     * @param text what was typed
     * @param kind {@code "node"} or {@code "graph"}, for messages
     * @return what it says
     * @throws InvalidRequestException if it says nothing
     */
    public static Targets parse(String text, String kind) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (!matcher.matches()) {
                throw new InvalidRequestException("'" + text + "' is no list of " + kind + "s; write 5 or 5,7 or"
                        + " 400..699:5 (from..to:step), or several of them with commas");
            }
            int first = number(matcher.group(1), kind);
            int last = matcher.group(2) == null ? first : number(matcher.group(2), kind);
            int step = matcher.group(3) == null ? 1 : number(matcher.group(3), kind);
            if (last < first) {
                throw new InvalidRequestException(
                        "'" + part.strip() + "' runs backwards; write " + last + ".." + first);
            }
            if (step < 1) {
                throw new InvalidRequestException("the step in '" + part.strip() + "' must be 1 or more");
            }
            ranges.add(new Range(first, last, step));
        }
        return new Targets(text, kind, List.copyOf(ranges));
    }

    private static int number(String digits, String kind) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(
                    kind + " " + digits + " is out of range; numbers end at " + Integer.MAX_VALUE, e);
        }
    }

    /**
     * Lists what it says.
     *
     * @param count how many there are
     * @param of what has them, for messages
     * @return in the order written, each once
     * @throws InvalidRequestException if one is not in 0..count-1
     */
    public List<Integer> indices(int count, String of) {
        for (Range range : ranges) {
            // before anything is expanded: 0..2000000000 must not fill the memory
            int last = range.first() + (range.last() - range.first()) / range.step() * range.step();
            if (last >= count) {
                throw new InvalidRequestException(kind + " " + Math.max(range.first(), last) + " is out of range; " + of
                        + " has " + kind + "s 0.." + (count - 1));
            }
        }
        Set<Integer> indices = new LinkedHashSet<>();
        for (Range range : ranges) {
            for (long i = range.first(); i <= range.last(); i += range.step()) {
                indices.add((int) i);
            }
        }
        return List.copyOf(indices);
    }

    /**
     * Tells whether it says one thing only.
     *
     * @return true for {@code 5}, also if written {@code 5..5}
     */
    public boolean isSingle() {
        return ranges.size() == 1
                && ranges.get(0).first() + (long) ranges.get(0).step()
                        > ranges.get(0).last();
    }

    @Override
    public String toString() {
        return text;
    }
}
