package org.aitia.testkit.report;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints why tests were skipped, a line per reason, when all have run: a skipped check must not look like one that
 * passed. Found by JUnit on the class path.
 */
public final class SkipReport implements TestExecutionListener {
    private final Map<String, Integer> tests = new TreeMap<>(); // by reason; guarded by this

    /** For JUnit. */
    public SkipReport() {}

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        tests.merge(reason, 1, Integer::sum);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            String reason = result.getThrowable()
                    .map(Throwable::getMessage)
                    .orElse("an assumption did not hold")
                    .replaceFirst("^Assumption failed: ", "");
            tests.merge(reason, 1, Integer::sum);
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        tests.forEach((reason, count) -> System.out.println("Skipped " + count + ": " + reason));
        tests.clear();
    }
}
