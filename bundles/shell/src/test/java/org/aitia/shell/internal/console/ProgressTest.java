package org.aitia.shell.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.aitia.shell.internal.console.Progress.Style;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;

    private Progress progress(Style style, int width) {
        return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), style, false, width, () -> now);
    }

    private void after(double seconds, Progress progress) {
        now += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        progress.paint();
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void linesAreThrottled() {
        try (Progress progress = progress(Style.LINES, 80)) {
            for (int done = 0; done < 100; done++) {
                progress.progress("epoch", done, 1000);
                after(0.1, progress);
            }
        }
        assertThat(shown()).isEqualTo("epoch: 0 of 1,000 (0 %)\nepoch: 50 of 1,000 (5 %)\n");
    }

    @Test
    void aNewStageDoesNotWaitLong() {
        try (Progress progress = progress(Style.LINES, 80)) {
            progress.progress("loading", 0, -1);
            after(0.1, progress);
            progress.progress("epoch", 1, 10);
            after(0.5, progress);
            after(0.6, progress);
        }
        assertThat(shown()).isEqualTo("loading\nepoch: 1 of 10 (10 %)\n");
    }

    @Test
    void nothingIsRepeatedWhileNothingHappens() {
        try (Progress progress = progress(Style.LINES, 80)) {
            progress.progress("waiting for a lane", 0, -1);
            after(0.1, progress);
            after(60, progress);
        }
        assertThat(shown()).isEqualTo("waiting for a lane\n");
    }

    @Test
    void theBarIsRedrawnInPlaceAndDisappears() {
        try (Progress progress = progress(Style.LIVE, 80)) {
            progress.progress("explaining", 30, 60);
            after(12, progress);
        }
        assertThat(shown())
                .isEqualTo("\r\u001b[Kexplaining [==============>             ] 30/60  50 %  12 s\r\u001b[K");
    }

    @Test
    void theBarFitsTheTerminal() {
        try (Progress progress = progress(Style.LIVE, 20)) {
            progress.progress("a stage with a very long name", 1, 2);
            after(1, progress);
        }
        assertThat(shown()).isEqualTo("\r\u001b[Ka stage with a very\r\u001b[K");
    }

    @Test
    void messagesHaveLinesOfTheirOwn() {
        try (Progress progress = progress(Style.LIVE, 80)) {
            progress.progress("downloading", 5, -1);
            after(1, progress);
            progress.message("licence: CC BY");
            after(1, progress);
            progress.message("done");
        }
        assertThat(shown())
                .isEqualTo("\r\u001b[Kdownloading 5  1 s\r\u001b[Klicence: CC BY\n\r\u001b[Kdownloading 5  2 s"
                        + "\r\u001b[Kdone\n");
    }

    @Test
    void quietIsQuiet() {
        try (Progress progress = progress(Style.QUIET, 80)) {
            progress.progress("epoch", 1, 2);
            progress.message("hello");
            after(10, progress);
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void closingOnAnInterruptedThreadStillClearsTheBar() {
        Progress progress = progress(Style.LIVE, 80);
        progress.progress("epoch", 1, 2);
        after(1, progress);
        Thread.currentThread().interrupt();
        progress.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(shown()).endsWith("\r\u001b[K");
    }
}
