package org.aitia.bench.internal.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.Seeds;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.dataset.GroundTruth;
import org.aitia.api.dataset.Split;

/**
 * Instances as a suite writes them: {@code 400..699:5,700}, or {@code all}, or words that narrow down, {@code test truth
 * class 1 sample 50}.
 */
public final class Instances {
    /** The seed of samples: a sample is the same in every run of every suite. */
    private static final long SAMPLE_SEED = 20_260_101;

    private static final Pattern PART = Pattern.compile("(\\d+)(?:\\.\\.(\\d+)(?::(\\d+))?)?");
    private static final String HOW = "write for example 400..699:5,700 or all, and words that narrow down: train, val,"
            + " test, truth, class 1, sample 50";

    private record Range(int first, int last, int step) {}

    private final String text;
    private final List<Range> ranges = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private OptionalInt ofClass = OptionalInt.empty();
    private OptionalInt sample = OptionalInt.empty();

    private Instances(String text) {
        this.text = text;
    }

    /**
     * Reads the notation.
     *
     * @param text as a suite has it
     * @return what it says
     * @throws InvalidRequestException if it says nothing
     */
    public static Instances parse(String text) {
        Instances instances = new Instances(text.strip());
        String[] tokens = text.strip().split("[\\s,]+", -1);
        if (text.isBlank()) {
            throw new InvalidRequestException("there are no instances named; " + HOW);
        }
        for (int i = 0; i < tokens.length; i++) {
            String token = tokens[i];
            switch (token) {
                case "all" -> {
                    // nothing to narrow
                }
                case "train", "val", "test", "truth" -> instances.words.add(token);
                case "class" -> instances.ofClass = OptionalInt.of(instances.following(tokens, i++, 0));
                case "sample" -> instances.sample = OptionalInt.of(instances.following(tokens, i++, 1));
                default -> instances.ranges.add(instances.range(token));
            }
        }
        return instances;
    }

    private int following(String[] tokens, int at, int least) {
        if (at + 1 >= tokens.length
                || !tokens[at + 1].matches("\\d{1,9}")
                || Integer.parseInt(tokens[at + 1]) < least) {
            throw new InvalidRequestException("'" + tokens[at] + "' in '" + text + "' takes a number of " + least
                    + " or more, as in '" + tokens[at] + " " + (least == 0 ? 1 : 50) + "'");
        }
        return Integer.parseInt(tokens[at + 1]);
    }

    private Range range(String part) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw new InvalidRequestException("'" + part + "' in '" + text + "' names no instances; " + HOW);
        }
        int first = number(matcher.group(1));
        int last = matcher.group(2) == null ? first : number(matcher.group(2));
        int step = matcher.group(3) == null ? 1 : number(matcher.group(3));
        if (last < first) {
            throw new InvalidRequestException("'" + part + "' runs backwards; write " + last + ".." + first);
        }
        if (step < 1) {
            throw new InvalidRequestException("the step in '" + part + "' must be 1 or more");
        }
        return new Range(first, last, step);
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(
                    "instance " + digits + " is out of range; numbers end at " + Integer.MAX_VALUE, e);
        }
    }

    /**
     * Tells whether it can be said without data that two share an instance.
     *
     * @param other instances of the same data
     * @return the first they share; empty if they share none or only data can tell
     */
    public OptionalInt shared(Instances other) {
        if (!isPlain() || !other.isPlain()) {
            return OptionalInt.empty();
        }
        for (Range range : ranges) {
            for (long i = range.first(); i <= range.last(); i += range.step()) {
                for (Range theirs : other.ranges) {
                    if (i >= theirs.first() && i <= theirs.last() && (i - theirs.first()) % theirs.step() == 0) {
                        return OptionalInt.of((int) i);
                    }
                }
            }
        }
        return OptionalInt.empty();
    }

    private boolean isPlain() {
        return !ranges.isEmpty() && words.isEmpty() && ofClass.isEmpty() && sample.isEmpty();
    }

    /**
     * Lists what it says.
     *
     * @param dataset whose instances
     * @return in rising order; ranges alone in the order written, each once
     * @throws InvalidRequestException if one is not there, or none is left
     */
    public List<Integer> of(Dataset dataset) {
        int count = dataset.instanceCount();
        int[] chosen = ranges.isEmpty() ? IntStream.range(0, count).toArray() : listed(dataset, count);
        for (String word : words) {
            BitSet kept = kept(word, dataset, count);
            chosen = Arrays.stream(chosen).filter(kept::get).toArray();
        }
        if (ofClass.isPresent()) {
            chosen = Arrays.stream(chosen)
                    .filter(i -> dataset.label(i) == ofClass.getAsInt())
                    .toArray();
        }
        if (sample.isPresent() && sample.getAsInt() < chosen.length) {
            chosen = sampled(chosen, sample.getAsInt());
        }
        if (chosen.length == 0) {
            throw new InvalidRequestException("'" + text + "' leaves no instance of data set '"
                    + dataset.info().name() + "'; narrow less");
        }
        return Arrays.stream(chosen).boxed().toList();
    }

    private int[] listed(Dataset dataset, int count) {
        IntStream all = IntStream.empty();
        for (Range range : ranges) {
            // before anything is expanded: 0..2000000000 must not fill the memory
            int last = range.first() + (range.last() - range.first()) / range.step() * range.step();
            if (last >= count) {
                throw new InvalidRequestException("instance " + last + " is out of range; data set '"
                        + dataset.info().name() + "' has instances 0.." + (count - 1));
            }
            int size = (last - range.first()) / range.step() + 1;
            all = IntStream.concat(all, IntStream.range(0, size).map(i -> range.first() + i * range.step()));
        }
        return all.distinct().toArray();
    }

    private BitSet kept(String word, Dataset dataset, int count) {
        BitSet kept = new BitSet(count);
        if (word.equals("truth")) {
            GroundTruth truth = dataset.groundTruth()
                    .orElseThrow(() -> new InvalidRequestException("data set '"
                            + dataset.info().name() + "' has no true explanations, which '" + text + "' asks for"));
            IntStream.range(0, count)
                    .filter(i -> !truth.alternatives(i).isEmpty())
                    .forEach(kept::set);
            return kept;
        }
        Split split = dataset.split();
        int[] part =
                switch (word) {
                    case "train" -> split.train();
                    case "val" -> split.validation();
                    default -> split.test();
                };
        Arrays.stream(part).forEach(kept::set);
        return kept;
    }

    private static int[] sampled(int[] from, int size) {
        int[] shuffled = from.clone();
        RandomGenerator random = Seeds.generator(SAMPLE_SEED);
        for (int i = 0; i < size; i++) {
            int other = i + random.nextInt(shuffled.length - i);
            int kept = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = kept;
        }
        return Arrays.stream(shuffled).limit(size).sorted().toArray();
    }

    @Override
    public String toString() {
        return text;
    }
}
