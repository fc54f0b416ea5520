package org.aitia.dataset.usergraph.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.aitia.api.DataFormatException;
import org.aitia.formats.BadFormat;

/** Looks at all fields of a column before any becomes a feature: are they numbers, or how many values are there? */
final class ColumnStudy {
    /** More values than that are names or typing errors rather than categories, unless declared. */
    static final int MOST_GUESSED = 100;

    static final int MOST_DECLARED = 100_000;

    private final Table table;
    private final int position;
    private final String name;
    private final ColumnRule rule;
    private final Map<String, Integer> categories = new TreeMap<>();
    private boolean tooMany;
    private long numbers;
    private double sum;
    private long others;
    private Optional<DataFormatException> firstOther = Optional.empty();

    ColumnStudy(Table table, int position, ColumnRule rule) {
        this.table = table;
        this.position = position;
        this.name = table.columns().get(position);
        this.rule = rule;
    }

    /**
     * Looks at a field.
     *
     * @throws DataFormatException if the descriptor's rule is broken
     */
    void look(Row row) {
        if (rule.kind().equals(Optional.of(ColumnRule.Kind.IGNORE))) {
            return;
        }
        String text = row.text(position);
        if (Row.isMissing(text)) {
            if (rule.missing() == ColumnRule.Missing.ERROR) {
                throw row.fault(
                        position,
                        "a value",
                        "fill it in, or declare what a missing value means: \"missing\": \"zero\", \"mean\" or \"category\"");
            }
            return;
        }
        OptionalDouble number = Row.number(text);
        boolean numeric = rule.kind().equals(Optional.of(ColumnRule.Kind.NUMERIC));
        if (number.isPresent()) {
            numbers++;
            sum += number.getAsDouble();
        } else {
            DataFormatException fault =
                    row.fault(position, "a finite number", "declare the column \"categorical\" or correct the line");
            if (numeric) {
                throw fault;
            }
            others++;
            firstOther = firstOther.isPresent() ? firstOther : Optional.of(fault);
        }
        if (!numeric && !tooMany) {
            categories.put(text, 0);
            tooMany = categories.size() > (rule.kind().isPresent() ? MOST_DECLARED : MOST_GUESSED);
            if (tooMany) {
                categories.clear(); // a column of names would fill the memory
            }
        }
    }

    /**
     * Decides.
     *
     * @return empty if the column is to be ignored
     * @throws DataFormatException if it can be neither of the kinds that become features
     */
    Optional<FeatureColumn> decide() {
        if (rule.kind().equals(Optional.of(ColumnRule.Kind.IGNORE))) {
            return Optional.empty();
        }
        boolean numeric =
                rule.kind().map(kind -> kind == ColumnRule.Kind.NUMERIC).orElse(others == 0);
        if (numeric) {
            double mean = numbers == 0 ? 0 : sum / numbers;
            return Optional.of(new FeatureColumn.Numeric(position, name, rule.missing(), mean));
        }
        if (rule.kind().isEmpty() && numbers > others) {
            throw firstOther.orElseThrow(); // a typing error among numbers
        }
        if (rule.missing() == ColumnRule.Missing.MEAN) {
            throw BadFormat.of(
                    table.name(),
                    "column " + BadFormat.quote(name),
                    "numbers, as missing values are to be their mean",
                    "categories",
                    "choose \"missing\": \"zero\" or \"category\"");
        }
        if (tooMany) {
            throw BadFormat.of(
                    table.name(),
                    "column " + BadFormat.quote(name),
                    "numbers, or at most " + (rule.kind().isPresent() ? MOST_DECLARED : MOST_GUESSED)
                            + " different values",
                    "more values, which are not all numbers",
                    "declare it \"ignore\""
                            + (rule.kind().isPresent()
                                    ? ""
                                    : ", or \"categorical\" if every value is to be a feature"));
        }
        Map<String, Integer> numbered = new LinkedHashMap<>();
        categories.keySet().forEach(category -> numbered.put(category, numbered.size()));
        return Optional.of(
                new FeatureColumn.Categorical(position, name, numbered, rule.missing() == ColumnRule.Missing.CATEGORY));
    }
}
