package org.aitia.dataset.usergraph.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How the fields of a column become features. */
sealed interface FeatureColumn {
    /** Where the column is in its table. */
    int position();

    /** The names of its features. */
    List<String> names();

    /** How many features it has. */
    int width();

    /** One line on what it is. */
    String summary();

    /** Writes the features of a field. */
    void write(String field, float[] target, int offset);

    /** At most how many features of a row differ from 0. */
    int nonZeros();

    /** Numbers. */
    record Numeric(int position, String name, ColumnRule.Missing missing, double mean) implements FeatureColumn {
        @Override
        public List<String> names() {
            return missing == ColumnRule.Missing.CATEGORY ? List.of(name, name + " missing") : List.of(name);
        }

        @Override
        public int width() {
            return missing == ColumnRule.Missing.CATEGORY ? 2 : 1;
        }

        @Override
        public String summary() {
            return name + " numeric";
        }

        @Override
        public void write(String field, float[] target, int offset) {
            OptionalDouble value = Row.number(field);
            if (value.isPresent()) {
                target[offset] = (float) value.getAsDouble();
            } else if (missing == ColumnRule.Missing.MEAN) {
                target[offset] = (float) mean;
            } else if (missing == ColumnRule.Missing.CATEGORY) {
                target[offset + 1] = 1;
            }
        }

        @Override
        public int nonZeros() {
            return 1;
        }
    }

    /**
     * One feature per value.
     *
     * @param position where the column is
     * @param name of the column
     * @param categories value to feature, from 0
     * @param missing whether a further feature says that the value is missing
     */
    record Categorical(int position, String name, Map<String, Integer> categories, boolean missing)
            implements FeatureColumn {
        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>();
            categories.keySet().forEach(category -> names.add(name + "=" + category));
            if (missing) {
                names.add(name + " missing");
            }
            return names;
        }

        @Override
        public int width() {
            return categories.size() + (missing ? 1 : 0);
        }

        @Override
        public String summary() {
            return name + " categorical (" + categories.size() + " values)";
        }

        @Override
        public void write(String field, float[] target, int offset) {
            Integer category = categories.get(field);
            if (category != null) {
                target[offset + category] = 1;
            } else if (missing) {
                target[offset + categories.size()] = 1;
            }
        }

        @Override
        public int nonZeros() {
            return 1;
        }
    }
}
