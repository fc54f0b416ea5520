package org.aitia.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aitia.api.TaskMonitor;
import org.aitia.bench.internal.Pace.Kind;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Kind SLOW = new Kind("gnnexplainer", "a");
    private static final Kind SLOW_ELSEWHERE = new Kind("gnnexplainer", "b");
    private static final Kind QUICK = new Kind("random", "a");

    private final List<String> told = new ArrayList<>();
    private long now;
    private final TaskMonitor monitor = new TaskMonitor() {
        @Override
        public void progress(String stage, long done, long total) {
            told.add(stage + " " + done + "/" + total);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    private Pace pace(int lanes) {
        return new Pace(monitor, lanes, () -> now);
    }

    @Test
    void timeLeftIsTheMeanOfEachKindTimesWhatIsLeftOfIt() {
        Pace pace = pace(2);
        expect(pace, SLOW, 3);
        expect(pace, QUICK, 2);
        expect(pace, SLOW_ELSEWHERE, 1);

        pace.ended(SLOW, true, 100);
        assertThat(pace.secondsLeft()).isCloseTo(5 * 100 / 2.0, within(1e-9)); // as if all were slow
        pace.ended(QUICK, true, 2);

        assertThat(pace.secondsLeft()).isCloseTo((100 + 100 + 2 + 100) / 2.0, within(1e-9));
        pace.ended(SLOW, true, 50);
        assertThat(pace.secondsLeft()).isCloseTo((75 + 2 + 75) / 2.0, within(1e-9));
    }

    @Test
    void ofLittleNothingIsConcluded() {
        Pace pace = pace(1);
        expect(pace, SLOW, 2);
        expect(pace, QUICK, 2);

        pace.ended(SLOW, true, 100);

        assertThat(pace.secondsLeft()).isNaN();
    }

    private static void expect(Pace pace, Kind kind, int count) {
        for (int i = 0; i < count; i++) {
            pace.expect(kind, true);
        }
    }

    @Test
    void whatWasMeasuredBeforeTellsNothingOfTime() {
        Pace pace = pace(1);
        expect(pace, SLOW, 2);

        pace.skipped(SLOW, true);

        assertThat(pace.secondsLeft()).isNaN();
        assertThat(told).containsExactly("cells 1/2");
    }

    @Test
    void theEstimateIsSteady() {
        Pace pace = pace(1);
        pace.expect(new Kind("training", "a"), false);
        expect(pace, SLOW, 4);

        pace.begin("training m");
        pace.ended(new Kind("training", "a"), false, 30);
        pace.ended(SLOW, true, 600);
        now += TimeUnit.SECONDS.toNanos(10);
        pace.begin("a, m, gnnexplainer");
        pace.ended(SLOW, true, 60); // within the same seconds: the estimate stays
        now += TimeUnit.SECONDS.toNanos(10);
        pace.ended(SLOW, true, 3);

        assertThat(told)
                .containsExactly(
                        "cells (training m) 0/4",
                        "cells (training m) 0/4",
                        "cells (training m) 1/4",
                        "cells, about 30 min left (a, m, gnnexplainer) 1/4",
                        "cells, about 30 min left (a, m, gnnexplainer) 2/4",
                        "cells, about 4 min left (a, m, gnnexplainer) 3/4");
    }
}
