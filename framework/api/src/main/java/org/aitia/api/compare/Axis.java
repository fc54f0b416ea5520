package org.aitia.api.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.api.InvalidRequestException;

/**
 * An option and the values that a sweep gives it.
 *
 * @param option name of an option of the explainer
 * @param values as typed; none twice
 */
public record Axis(String option, List<String> values) {
    private static final int MOST_VALUES = 1000;
    private static final String NUMBER = "([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)";
    private static final Pattern RANGE = Pattern.compile(NUMBER + "\\.\\." + NUMBER + "(?:(:x|[:*])" + NUMBER + ")?");

    /** Copies and checks. */
    public Axis {
        values = List.copyOf(values);
        if (option.isBlank() || values.isEmpty() || values.contains("")) {
            throw new InvalidRequestException(
                    "an axis of a sweep needs an option and values, for example beta1=0.1,1,10, not '" + option + "="
                            + String.join(",", values) + "'");
        }
        CompareRequest.refuseTwice("value of " + option, values);
    }

    /**
     * Reads an axis: {@code beta1=0.1,1,10} (a list; of values that contain commas, with semicolons), {@code hops=1..3}
     * (by 1), {@code beta1=0..1:0.25} (by 0.25), {@code beta1=0.001..10:x10} (times 10; also written
     * {@code 0.001..10*10}, which shells take for a file name). Ends are included where they are
     * met; lists and ranges can be mixed.
     *
     * @param text option, equals sign, values
     * @return the axis
     * @throws InvalidRequestException if it is not of this form
     */
    public static Axis parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new InvalidRequestException(
                    "'" + text + "' is no axis of a sweep: write an option and its values, for example beta1=0.1,1,10");
        }
        String option = text.substring(0, equals).strip();
        String list = text.substring(equals + 1);
        List<String> values = new ArrayList<>();
        for (String part : Arrays.asList(list.split(list.contains(";") ? ";" : ",", -1))) {
            Matcher range = RANGE.matcher(part.strip());
            if (range.matches()) {
                addRange(text, range, values);
            } else {
                values.add(part.strip());
            }
        }
        return new Axis(option, values);
    }

    // decimal arithmetic: in binary 0.1 + 0.1 + 0.1 is not 0.3
    private static void addRange(String text, Matcher range, List<String> values) {
        BigDecimal value = new BigDecimal(range.group(1));
        BigDecimal end = new BigDecimal(range.group(2));
        boolean factor = range.group(3) != null && !range.group(3).equals(":");
        BigDecimal step = range.group(4) == null ? BigDecimal.ONE : new BigDecimal(range.group(4));
        boolean possible = factor ? value.signum() > 0 && step.compareTo(BigDecimal.ONE) > 0 : step.signum() > 0;
        if (!possible || value.compareTo(end) > 0) {
            throw new InvalidRequestException(
                    "'" + text + "' holds an impossible range: write 0..1:0.25 with a step above 0"
                            + ", or 0.001..10:x10 with a start above 0 and a factor above 1, from the lesser to the greater value");
        }
        for (int count = 0; value.compareTo(end) <= 0; count++) {
            if (count == MOST_VALUES) {
                throw new InvalidRequestException(
                        "'" + text + "' holds a range of more than " + MOST_VALUES + " values: take a greater step");
            }
            values.add(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
            value = factor ? value.multiply(step, MathContext.DECIMAL64) : value.add(step);
        }
    }
}
