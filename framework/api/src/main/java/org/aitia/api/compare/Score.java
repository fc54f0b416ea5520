package org.aitia.api.compare;

import java.util.List;
import java.util.Optional;
import org.aitia.api.NotFoundException;

/**
 * What a row reached in one column.
 *
 * @param column name of the column
 * @param overSeeds of the values over all targets together, one per seed; {@link Estimate#NONE} if it could not be
 *     measured with any seed
 * @param overTargets of the values per target, each the mean over seeds; empty if the column has no values per target
 * @param lifts over each baseline, in the order of the request
 * @param reason why it could not be measured, or not with every seed, one line; empty if all went well
 */
public record Score(
        String column, Estimate overSeeds, Optional<Estimate> overTargets, List<Lift> lifts, String reason) {
    /** How much two means may differ by rounding, to be the same. */
    private static final double SAME = 1e-9;

    /** Copies the list. */
    public Score {
        lifts = List.copyOf(lifts);
    }

    /** What an interval is over. */
    public enum Basis {
        /** Runs with different seeds: how much chance in the explainer matters. */
        SEEDS,
        /** Targets: how much it matters which predictions were explained. */
        TARGETS
    }

    /**
     * How far it is from a baseline.
     *
     * @param baseline label of the row that is the baseline
     * @param difference this score less that of the baseline, paired: by target where both are the means of their
     *     values per target, else by seed
     * @param basis what it is paired by
     */
    public record Lift(String baseline, Estimate difference, Basis basis) {}

    /**
     * Returns what its interval is over: targets if the score is the mean of the values per target; seeds if it has none,
     * or is something else than their mean, as a pooled ROC-AUC is.
     *
     * @return the basis of {@link #shown}
     */
    public Basis basis() {
        return overTargets
                        .filter(targets -> Math.abs(targets.mean() - overSeeds.mean())
                                <= SAME * Math.max(1, Math.abs(overSeeds.mean())))
                        .isPresent()
                ? Basis.TARGETS
                : Basis.SEEDS;
    }

    /**
     * Returns what a table shows.
     *
     * @return the estimate over targets or seeds, as {@link #basis} tells
     */
    public Estimate shown() {
        return basis() == Basis.TARGETS ? overTargets.orElse(overSeeds) : overSeeds;
    }

    /**
     * Returns the lift over one baseline.
     *
     * @param baseline label of a row
     * @return the lift
     * @throws NotFoundException if there is no such baseline
     */
    public Lift lift(String baseline) {
        return lifts.stream()
                .filter(lift -> lift.baseline().equals(baseline))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("no baseline '" + baseline + "' in column '" + column + "'"));
    }
}
