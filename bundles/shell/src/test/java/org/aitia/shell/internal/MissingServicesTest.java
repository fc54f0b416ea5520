package org.aitia.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingServicesTest {
    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "datasets                                                | data set registry",
                "dataset chain                                           | data set registry",
                "architectures                                           | trainer",
                "train -d chain -a gcn                                   | trainer",
                "models                                                  | model store",
                "model chain-gcn                                         | model store",
                "explainers                                              | explanation service",
                "explainer gnnexplainer                                  | explanation service",
                "explain -m chain-gcn -x gnnexplainer -n 0               | explanation service",
                "explain -m chain-gcn -x gnnexplainer -n 0 --out a.json  | writer of explanations",
                "explain -m chain-gcn -x gnnexplainer -n 0 --html a.html | visualization",
                "devices                                                 | device manager",
                "jobs                                                    | job service",
                "cancel 1                                                | job service",
                "demo                                                    | data set registry",
                "suites                                                  | benchmark service",
                "bench tiny                                              | benchmark service"
            })
    void whatIsMissingIsNamedAtOnce(String line, String part) {
        shell.services.datasets = null;
        shell.services.trainer = null;
        shell.services.models = null;
        shell.services.explanations = null;
        shell.services.explanationIo = null;
        shell.services.devices = null;
        shell.services.jobs = null;
        shell.services.benchmarks = null;
        shell.services.renderers.clear();
        assertThat(shell.error(line))
                .startsWith("aitia: the " + part + " is not running: bundle org.aitia.")
                .endsWith(" is not installed; put its jar into the directory plugins");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theDemonstrationNeedsItsMetricBeforeItTrains() {
        shell.services.metrics = null;
        assertThat(shell.error("demo")).startsWith("aitia: the evaluation is not running: ");
        assertThat(shell.world.trainings).isEmpty();
    }

    @Test
    void aFormatThatNobodyMakesIsNamed() {
        shell.services.renderers.removeIf(renderer -> renderer.format().equals("png"));
        assertThat(shell.error("explain -m chain-gcn -x gnnexplainer -n 0 --png a.png"))
                .isEqualTo("aitia: unknown picture format 'png'; there are: html, svg");
    }

    @Test
    void servicesThatComeBackAreUsedAgain() {
        var datasets = shell.services.datasets;
        shell.services.datasets = null;
        shell.error("datasets");
        shell.services.datasets = datasets;
        assertThat(shell.ok("datasets")).contains("chain");
    }

    @Test
    void helpAndVersionNeedNobody() {
        shell.services.jobs = null;
        shell.services.datasets = null;
        assertThat(shell.ok("help")).contains("explain");
        assertThat(shell.ok("version")).contains("1.2.3");
    }

    @Test
    void whatNobodyExpectedIsOneLineToo() {
        shell.services.devices = new org.aitia.api.device.DeviceManager() {
            @Override
            public java.util.List<org.aitia.api.device.DeviceInfo> devices() {
                throw new IllegalStateException("two\nlines");
            }

            @Override
            public java.util.List<org.aitia.api.device.LeaseInfo> leases() {
                return java.util.List.of();
            }

            @Override
            public org.aitia.api.device.DeviceLease acquire(
                    org.aitia.api.device.LeaseRequest request, org.aitia.api.TaskMonitor monitor) {
                throw new IllegalStateException("never");
            }
        };
        assertThat(shell.error("devices"))
                .isEqualTo("aitia: internal error in 'devices': two lines (details are in the log)");
    }
}
