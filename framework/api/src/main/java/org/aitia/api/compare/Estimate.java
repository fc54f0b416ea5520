package org.aitia.api.compare;

/**
 * A mean with its uncertainty.
 *
 * @param mean NaN if there is no value
 * @param deviation standard deviation of the values (with n - 1); NaN for fewer than two values
 * @param low lower end of the confidence interval of the mean (Student's t); NaN for fewer than two values
 * @param high upper end of it
 * @param count how many values
 */
public record Estimate(double mean, double deviation, double low, double high, int count) {
    /** No value. */
    public static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

    /**
     * Tells whether there is a mean.
     *
     * @return false for {@link #NONE}
     */
    public boolean isPresent() {
        return count > 0;
    }

    /**
     * Tells whether there is an interval.
     *
     * @return true from two values on
     */
    public boolean hasInterval() {
        return !Double.isNaN(low);
    }

    /**
     * Returns half the width of the interval.
     *
     * @return the number after the plus-minus sign; NaN if there is no interval
     */
    public double halfWidth() {
        return (high - low) / 2;
    }
}
