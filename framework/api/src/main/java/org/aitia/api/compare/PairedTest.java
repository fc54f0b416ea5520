package org.aitia.api.compare;

/**
 * A test whether two rows differ in one column, on the values per target, each the mean over seeds.
 *
 * @param column name of the column
 * @param first label of a row
 * @param second label of another row
 * @param method which test
 * @param difference first less second
 * @param statistic W+, the sum of ranks of positive differences, or t
 * @param p two-sided p-value; 1 if the rows are equal for every target
 * @param adjusted p-value after Holm's correction over all pairs of rows of this column
 */
public record PairedTest(
        String column,
        String first,
        String second,
        Method method,
        Estimate difference,
        double statistic,
        double p,
        double adjusted) {
    /** Tests of paired values. */
    public enum Method {
        /** Wilcoxon's signed-rank test: from six differences other than 0 on, where it can reach 5 %. */
        WILCOXON,
        /** Student's t-test of paired values, for fewer of them; it takes differences to be normally distributed. */
        T
    }
}
