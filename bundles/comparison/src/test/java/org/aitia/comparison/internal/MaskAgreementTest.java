package org.aitia.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MaskAgreementTest {
    @Test
    void correlationIsSpearmansWithTies() {
        float[] first = {.1f, .4f, .2f, .9f, .9f, .05f};
        float[] second = {.3f, .2f, .1f, .8f, .7f, 0};

        // of SciPy 1.17
        assertThat(MaskAgreement.spearman(first, second)).isCloseTo(0.8116794499134278, within(1e-12));
    }

    @Test
    void signedImportancesCountByTheirSize() {
        assertThat(MaskAgreement.spearman(new float[] {-3, 2, -1}, new float[] {30, 20, 10}))
                .isEqualTo(1);
    }

    @Test
    void equalMasksAgreeEvenWithoutRanks() {
        assertThat(MaskAgreement.spearman(new float[] {0, 0}, new float[] {0, 0}))
                .isEqualTo(1);
        assertThat(MaskAgreement.spearman(new float[] {.5f}, new float[] {-.5f}))
                .isEqualTo(1);
    }

    @Test
    void agreementIsUndefinedWhereOneMaskRanksNothing() {
        assertThat(MaskAgreement.spearman(new float[] {1, 1}, new float[] {0, 1}))
                .isNaN();
        assertThat(MaskAgreement.spearman(new float[0], new float[0])).isNaN();
        assertThat(MaskAgreement.spearman(new float[1], new float[2])).isNaN();
    }

    @Test
    void topEdgesInCommonNeedMoreEdgesThanAreChosen() {
        float[] rising = new float[20];
        float[] falling = new float[20];
        for (int i = 0; i < 20; i++) {
            rising[i] = i;
            falling[i] = -(20 - Math.floorMod(i + 5, 20));
        }

        assertThat(MaskAgreement.sharedTop(rising, rising)).isEqualTo(1);
        // edges 15 to 19 and 0 to 4 against 10 to 19
        assertThat(MaskAgreement.sharedTop(rising, falling)).isEqualTo(0.5);
        assertThat(MaskAgreement.sharedTop(new float[10], new float[10])).isNaN();
    }
}
