package org.aitia.testkit.container;

import java.util.List;

/**
 * What commands left behind.
 *
 * @param status 0 when all succeeded
 * @param out standard output
 * @param err standard error
 */
public record Outcome(int status, String out, String err) {

    /**
     * Standard output as lines.
     *
     * @return the lines, without empty ones at the end
     */
    public List<String> outLines() {
        return out.stripTrailing().lines().toList();
    }

    /**
     * Standard error as lines.
     *
     * @return the lines, without empty ones at the end
     */
    public List<String> errLines() {
        return err.stripTrailing().lines().toList();
    }

    /**
     * Fails the test unless the status is 0.
     *
     * @return this
     */
    public Outcome succeeded() {
        if (status != 0) {
            throw new AssertionError("exit status " + status + "\n--- out\n" + out + "\n--- err\n" + err);
        }
        return this;
    }

    /**
     * Fails the test unless the status is not 0 and standard error holds exactly one line.
     *
     * @return that line
     */
    public String failedWithOneLine() {
        if (status == 0 || errLines().size() != 1) {
            throw new AssertionError("expected a failure with one line on standard error, but exit status " + status
                    + "\n--- out\n" + out + "\n--- err\n" + err);
        }
        return errLines().get(0);
    }
}
