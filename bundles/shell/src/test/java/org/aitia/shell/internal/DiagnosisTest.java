package org.aitia.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aitia.shell.internal.Diagnosis.BundleState;
import org.aitia.shell.internal.Diagnosis.Part;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final BundleState MODELS = new BundleState(9, "org.aitia.models", true);

    private static String of(BundleState... bundles) {
        return Diagnosis.of(Part.TRAINER, List.of(bundles)).getMessage();
    }

    @Test
    void aBundleThatIsNotThereCanBePutThere() {
        assertThat(of(new BundleState(1, "other", true)))
                .isEqualTo("the trainer is not running: bundle org.aitia.models is not installed; put its jar into the"
                        + " directory plugins");
    }

    @Test
    void aStoppedBundleCanBeStarted() {
        assertThat(of(new BundleState(9, "org.aitia.models", false)))
                .isEqualTo("the trainer is not running: bundle org.aitia.models is stopped; start it with 'felix:start"
                        + " 9'");
    }

    @Test
    void whatItNeedsMayBeStopped() {
        assertThat(of(MODELS, new BundleState(4, "org.aitia.engine.pytorch", false)))
                .isEqualTo("the trainer is not running: it may need bundle org.aitia.engine.pytorch, which is stopped;"
                        + " start it with 'felix:start 4'");
    }

    @Test
    void strangersAreNotBlamed() {
        assertThat(of(MODELS, new BundleState(4, "com.example", false)))
                .isEqualTo("the trainer is not running: a service that it needs is missing; the log says which");
    }
}
